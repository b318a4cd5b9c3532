#pragma once
#include <sqlite3.h>

/// Closing the last connection copies nothing from the log into the file. sqlite3_db_config is variadic and not imported.
static inline int tidings_no_checkpoint_on_close(sqlite3 *database) {
  return sqlite3_db_config(database, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, (int *)0);
}
