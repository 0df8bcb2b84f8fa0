"""What a person can mend: said in one sentence that names the file, row or setting."""


class Refusal(Exception):
    """Raised before anything is written; the message names what is at fault."""
