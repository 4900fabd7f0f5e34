"""Makes `python -m orchestrator_tui` the same as the console command."""

from orchestrator_tui.cli.main import main

if __name__ == "__main__":
    main()
