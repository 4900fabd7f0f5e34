"""How laws are tried: for as long as a machine needs, and in the gate with the same examples."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile("here", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("gate", settings.get_profile("here"), derandomize=True, database=None)
settings.load_profile("gate" if os.environ.get("CI") else "here")
