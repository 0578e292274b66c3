"""One discussion → one document, for a patient or for a clinician."""

from rls_rules.notes.document import Document, Reader
from rls_rules.notes.pdf import Paper, render_pdf, require_typst
from rls_rules.notes.rendering import Format, note, render

__all__ = ["Document", "Format", "Paper", "Reader", "note", "render", "render_pdf", "require_typst"]
