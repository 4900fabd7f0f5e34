"""Success metrics, computed twice."""
