"""Names as people type them."""

import re
import unicodedata


def plain_name(written: str) -> str:
    """Return a name without case, accents, hyphens, spaces and trademark signs, for exact comparison.

    Nothing else is forgiven: two names that differ in a letter are two names.
    """
    decomposed = unicodedata.normalize("NFKD", written.casefold())
    return re.sub(r"[\s\-‐‑–_'’.®™]", "", "".join(c for c in decomposed if not unicodedata.combining(c)))
