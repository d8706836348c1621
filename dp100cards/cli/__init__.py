"""The commands, one file each."""

import gc

# Starting is nothing but making objects that stay: looking for garbage among them costs a tenth of the time.
gc.set_threshold(50_000, 20, 20)
