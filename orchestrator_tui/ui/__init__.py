"""The Textual shell."""
