#define _GNU_SOURCE
#include "CPosix.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/openat2.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <sys/xattr.h>
#include <unistd.h>

void tidings_set_thread_name(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }

int tidings_open_dropped(int folder, const char *name) {
  const int flags = O_RDONLY | O_NONBLOCK | O_NOFOLLOW | O_CLOEXEC | O_NOCTTY;
  struct open_how how = {
      .flags = flags,
      .resolve = RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV};
  int fd = (int)syscall(SYS_openat2, folder, name, &how, sizeof how);
  // Filters of older containers answer EPERM for a call they have never heard of.
  if (fd < 0 && (errno == ENOSYS || errno == EPERM)) fd = openat(folder, name, flags);
  return fd;
}

int tidings_open_folder(int at, const char *path, int follow) {
  return openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC | (follow ? 0 : O_NOFOLLOW));
}

int tidings_open_folder_to_name(int at, const char *path) {
  return openat(at, path, O_PATH | O_DIRECTORY | O_CLOEXEC);
}

int tidings_create(int folder, const char *name, mode_t mode) {
  return openat(folder, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
}

int tidings_open_or_create(int folder, const char *name, mode_t mode) {
  return openat(folder, name, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, mode);
}

int tidings_open_to_read(const char *path) { return open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY); }

int tidings_rename_new(int from_folder, const char *from, int to_folder, const char *to) {
  int status = renameat2(from_folder, from, to_folder, to, RENAME_NOREPLACE);
  if (status == 0 || (errno != EINVAL && errno != ENOSYS)) return status;
  struct stat taken;
  if (fstatat(to_folder, to, &taken, AT_SYMLINK_NOFOLLOW) == 0) {
    errno = EEXIST;
    return -1;
  }
  return errno == ENOENT ? renameat(from_folder, from, to_folder, to) : -1;
}

int tidings_has_writer(int file) {
  // A lease that breaks in the moment we hold it raises SIGIO, which would end the process; SIGURG is ignored.
  if (fcntl(file, F_SETSIG, SIGURG) != 0) return -1;
  if (fcntl(file, F_SETLEASE, F_RDLCK) == 0) return fcntl(file, F_SETLEASE, F_UNLCK);
  return errno == EAGAIN ? 1 : -1;
}

const char *tidings_next_name(DIR *directory) {
  struct dirent *entry;
  do {
    errno = 0;
    entry = readdir(directory);
  } while (entry && entry->d_name[0] == '.' &&
           (!entry->d_name[1] || (entry->d_name[1] == '.' && !entry->d_name[2])));
  return entry ? entry->d_name : NULL;
}

int tidings_sync_filesystem(int fd) { return syncfs(fd); }

long tidings_filesystem_type(int fd) {
  struct statfs status;
  return fstatfs(fd, &status) == 0 ? (long)(unsigned int)status.f_type : -1;
}

int tidings_start_writeback(int fd) { return sync_file_range(fd, 0, 0, SYNC_FILE_RANGE_WRITE); }

int tidings_replace_descriptor(int from, int to) { return dup3(from, to, O_CLOEXEC); }

int tidings_eventfd(void) { return eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC); }

int tidings_signalfd(const int *signals, int count) {
  sigset_t set;
  sigemptyset(&set);
  for (int index = 0; index < count; index++) sigaddset(&set, signals[index]);
  return signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
}

ssize_t tidings_random(void *buffer, size_t count) { return getrandom(buffer, count, 0); }

ssize_t tidings_get_attribute(int fd, const char *name, void *value, size_t size) {
  return fgetxattr(fd, name, value, size);
}

int tidings_set_attribute(int fd, const char *name, const void *value, size_t size) {
  return fsetxattr(fd, name, value, size, 0);
}

int tidings_set_modified(int fd, long seconds, long nanoseconds) {
  const struct timespec times[2] = {{.tv_nsec = UTIME_OMIT}, {.tv_sec = seconds, .tv_nsec = nanoseconds}};
  return futimens(fd, times);
}

int tidings_folder_access(int folder, int rights) { return faccessat(folder, ".", rights, AT_EACCESS); }

int tidings_terminal_columns(int fd) {
  struct winsize size;
  if (!isatty(fd)) return -1;
  return ioctl(fd, TIOCGWINSZ, &size) < 0 ? 0 : size.ws_col;
}

const char *tidings_error_name(int code) { return strerrorname_np(code); }

const char *tidings_error_words(int code) { return strerrordesc_np(code); }
