"""What plugin authors test with.

The names are listed in `__init__.pyi`; each is imported when it is first used, so that nobody needs the
libraries of a part that they do not use.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
