#pragma once
// System calls that Swift cannot import because they are variadic or behind _GNU_SOURCE. Each returns what the system
// call returns: -1 and errno for a failure, unless it says otherwise.

#include <dirent.h>
#include <stddef.h>
#include <sys/types.h>

/// Names the calling thread, cut to 15 bytes (prctl(2), PR_SET_NAME).
void tidings_set_thread_name(const char *name);

/// Opens one name of a folder for reading, following nothing and waiting for nothing: openat2(2) with RESOLVE_BENEATH,
/// RESOLVE_NO_SYMLINKS, RESOLVE_NO_MAGICLINKS and RESOLVE_NO_XDEV; openat(2) with O_NOFOLLOW where there is no openat2.
int tidings_open_dropped(int folder, const char *name);

/// Opens a folder to list it; a symbolic link as last component is an error (ENOTDIR or ELOOP) unless `follow`.
int tidings_open_folder(int at, const char *path, int follow);

/// Opens a folder only to name files in it (O_PATH): needs no right to list it.
int tidings_open_folder_to_name(int at, const char *path);

/// Makes a new file for writing; EEXIST if there is anything of that name.
int tidings_create(int folder, const char *name, mode_t mode);

/// Opens a file, or makes it, for reading and writing.
int tidings_open_or_create(int folder, const char *name, mode_t mode);

/// Opens a file by any path for reading, without waiting for the other end of a FIFO.
int tidings_open_to_read(const char *path);

/// Renames without replacing (renameat2(2), RENAME_NOREPLACE): EEXIST if the new name is taken. On a filesystem that
/// does not know the flag the new name is looked up first.
int tidings_rename_new(int from_folder, const char *from, int to_folder, const char *to);

/// Whether anybody holds a file open for writing, asked by taking and giving back a read lease (fcntl(2), F_SETLEASE):
/// 0 nobody, 1 a writer; -1 and EACCES without CAP_LEASE on the file of another user, EINVAL without leases.
int tidings_has_writer(int file);

/// The next name of an open directory, "." and ".." left out; NULL at the end (errno 0) or on an error. The name is
/// valid until the next call.
const char *tidings_next_name(DIR *directory);

/// Flushes the filesystem of a descriptor (syncfs(2)).
int tidings_sync_filesystem(int fd);

/// The kind of filesystem of a descriptor, as in linux/magic.h (fstatfs(2), f_type).
long tidings_filesystem_type(int fd);

/// Starts writing a file's pages back without waiting (sync_file_range(2)).
int tidings_start_writeback(int fd);

/// Makes `to` mean what `from` means, in one step, with close-on-exec (dup3(2)).
int tidings_replace_descriptor(int from, int to);

/// A counter to wake a waiter with (eventfd(2)), not blocking, closed on exec.
int tidings_eventfd(void);

/// A descriptor that is ready to read when one of the signals is pending (signalfd(2)), not blocking, closed on exec.
int tidings_signalfd(const int *signals, int count);

/// Random bytes (getrandom(2)).
ssize_t tidings_random(void *buffer, size_t count);

/// fgetxattr(2).
ssize_t tidings_get_attribute(int fd, const char *name, void *value, size_t size);

/// fsetxattr(2).
int tidings_set_attribute(int fd, const char *name, const void *value, size_t size);

/// Sets a file's modification time, in seconds and nanoseconds since the epoch, and leaves its access time.
int tidings_set_modified(int fd, long seconds, long nanoseconds);

/// Whether the effective user may do `rights` (R_OK, W_OK, X_OK) in an open folder: 0 if so.
int tidings_folder_access(int folder, int rights);

/// The columns of the terminal behind a descriptor (TIOCGWINSZ); 0 where it does not know them, -1 where there is none.
int tidings_terminal_columns(int fd);

/// The symbolic name of an error number (`ENOSPC`), or NULL.
const char *tidings_error_name(int code);

/// The C library's untranslated words for an error number, or NULL.
const char *tidings_error_words(int code);

#include "Options.h"
