#pragma once
// System calls that Swift cannot import because they are variadic or behind _GNU_SOURCE.

/// Names the calling thread, cut to 15 bytes (prctl(2), PR_SET_NAME).
void tidings_set_thread_name(const char *name);

#include "Options.h"
