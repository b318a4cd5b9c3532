// The calls that are counted: each asks for its turn.
#include "shim.h"

#include <dirent.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/mman.h>
#include <sys/statvfs.h>
#include <sys/xattr.h>

// Opening

static int exists(int folder, const char *name) {
    struct stat status;
    return kernel(SYS_newfstatat, folder, name, &status, AT_SYMLINK_NOFOLLOW) == 0;
}

static int open_in_turn(int folder, const char *name, int flags, mode_t mode) {
    Path path;
    if (!of_name(folder, name, path)) return (int)kernel(SYS_openat, folder, name, flags, mode);
    const int makes = (flags & O_CREAT) && !exists(folder, name);
    IN_TURN(makes ? 'k' : 'o', int, -1, (int)kernel(SYS_openat, folder, name, flags, mode), "%s\t%s", path,
            makes ? "made" : flags & O_TRUNC ? "emptied" : "")
}

#define OPEN(call, parameters, folder)                                            \
    int call parameters {                                                         \
        mode_t mode = 0;                                                          \
        if (flags & (O_CREAT | O_TMPFILE)) {                                      \
            va_list rest;                                                         \
            va_start(rest, flags);                                                \
            mode = va_arg(rest, mode_t);                                          \
            va_end(rest);                                                         \
        }                                                                         \
        return open_in_turn(folder, path, flags, mode);                           \
    }
OPEN(open, (const char *path, int flags, ...), AT_FDCWD)
OPEN(open64, (const char *path, int flags, ...), AT_FDCWD)
OPEN(openat, (int at_folder, const char *path, int flags, ...), at_folder)
OPEN(openat64, (int at_folder, const char *path, int flags, ...), at_folder)

/// openat2 has no wrapper in the C library.
long syscall(long number, ...) {
    long a[6];
    va_list rest;
    va_start(rest, number);
    for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
    va_end(rest);
    Path path;
    if (number != SYS_openat2 || !of_name((int)a[0], (const char *)a[1], path))
        return kernel(number, a[0], a[1], a[2], a[3], a[4], a[5]);
    IN_TURN('o', long, -1, kernel(number, a[0], a[1], a[2], a[3]), "%s\t", path)
}

int close(int fd) {
    Path path;
    if (!of_descriptor(fd, path)) return (int)kernel(SYS_close, fd);
    // It is closed though it fails, as the kernel does it.
    Turn now = turn('c');
    int result = (int)kernel(SYS_close, fd);
    if (now.error) {
        errno = now.error;
        result = -1;
    }
    done(&now, 'c', result, "%s", path);
    return result;
}

// Reading and writing

#define HALF(count) (now.is_short ? ((count) + 1) / 2 : (count))

ssize_t read(int fd, void *bytes, size_t count) {
    Path path;
    if (!of_descriptor(fd, path)) return kernel(SYS_read, fd, bytes, count);
    IN_TURN('r', ssize_t, -1, kernel(SYS_read, fd, bytes, HALF(count)), "%s", path)
}

ssize_t pread64(int fd, void *bytes, size_t count, off64_t offset) {
    Path path;
    if (!of_descriptor(fd, path)) return kernel(SYS_pread64, fd, bytes, count, offset);
    IN_TURN('r', ssize_t, -1, kernel(SYS_pread64, fd, bytes, HALF(count), offset), "%s", path)
}

ssize_t pread(int fd, void *bytes, size_t count, off_t offset) { return pread64(fd, bytes, count, offset); }

ssize_t pwrite64(int fd, const void *bytes, size_t count, off64_t offset) {
    Path path;
    if (!of_descriptor(fd, path)) return kernel(SYS_pwrite64, fd, bytes, count, offset);
    remove_early(path);
    Turn now = turn('w');
    ssize_t result;
    if (now.is_ignored) {
        result = (ssize_t)count;
    } else if (now.error) {
        errno = now.error;
        result = -1;
    } else {
        result = kernel(SYS_pwrite64, fd, bytes, HALF(count), offset);
    }
    done_writing(&now, path, offset, bytes, result);
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t offset) { return pwrite64(fd, bytes, count, offset); }

ssize_t write(int fd, const void *bytes, size_t count) {
    Path path;
    if (!of_descriptor(fd, path)) return kernel(SYS_write, fd, bytes, count);
    Turn now = turn('w');
    const long offset = kernel(SYS_lseek, fd, 0, SEEK_CUR);
    ssize_t result;
    if (now.is_ignored) {
        result = (ssize_t)count;
    } else if (now.error) {
        errno = now.error;
        result = -1;
    } else {
        result = kernel(SYS_write, fd, bytes, HALF(count));
    }
    done_writing(&now, path, offset, bytes, result);
    return result;
}

int ftruncate64(int fd, off64_t size) {
    Path path;
    if (!of_descriptor(fd, path)) return (int)kernel(SYS_ftruncate, fd, size);
    IN_TURN('t', int, 0, (int)kernel(SYS_ftruncate, fd, size), "%s\t%ld", path, (long)size)
}

int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

void *mmap64(void *address, size_t length, int protection, int flags, int fd, off64_t offset) {
    Path path;
    if (fd < 0 || !of_descriptor(fd, path)) return REAL(mmap64)(address, length, protection, flags, fd, offset);
    Turn now = turn('m');
    void *result = MAP_FAILED;
    if (now.error) {
        errno = now.error;
    } else {
        result = REAL(mmap64)(address, length, protection, flags, fd, offset);
    }
    done(&now, 'm', result == MAP_FAILED ? -1 : 0, "%s", path);
    return result;
}

#define ON_DESCRIPTOR(kind, name, parameters, good, ...)          \
    int name parameters {                                         \
        Path path;                                                \
        if (!of_descriptor(fd, path)) return REAL(name)(__VA_ARGS__); \
        IN_TURN(kind, int, good, REAL(name)(__VA_ARGS__), "%s", path) \
    }
#define ON_NAME(kind, name, parameters, folder, file, good, ...)  \
    int name parameters {                                         \
        Path path;                                                \
        if (!of_name(folder, file, path)) return REAL(name)(__VA_ARGS__); \
        IN_TURN(kind, int, good, REAL(name)(__VA_ARGS__), "%s", path) \
    }

ON_DESCRIPTOR('s', fsync, (int fd), 0, fd)
ON_DESCRIPTOR('s', fdatasync, (int fd), 0, fd)
ON_DESCRIPTOR('s', syncfs, (int fd), 0, fd)

// Names

static int rename_in_turn(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    Path path, other;
    const int is_counted = of_name(from_folder, from, path) | of_name(to_folder, to, other);
    if (!is_counted) return (int)kernel(SYS_renameat2, from_folder, from, to_folder, to, flags);
    if (is_lost(other)) return (int)kernel(SYS_unlinkat, from_folder, from, 0);
    IN_TURN('n', int, 0, (int)kernel(SYS_renameat2, from_folder, from, to_folder, to, flags), "%s\t%s", path, other)
}

int renameat2(int from_folder, const char *from, int to_folder, const char *to, unsigned flags) {
    return rename_in_turn(from_folder, from, to_folder, to, flags);
}
int renameat(int from_folder, const char *from, int to_folder, const char *to) {
    return rename_in_turn(from_folder, from, to_folder, to, 0);
}
int rename(const char *from, const char *to) { return rename_in_turn(AT_FDCWD, from, AT_FDCWD, to, 0); }

ON_NAME('u', unlinkat, (int folder, const char *name, int flags), folder, name, 0, folder, name, flags)
ON_NAME('u', unlink, (const char *name), AT_FDCWD, name, 0, name)
ON_NAME('u', rmdir, (const char *name), AT_FDCWD, name, 0, name)
ON_NAME('d', mkdirat, (int folder, const char *name, mode_t mode), folder, name, 0, folder, name, mode)
ON_NAME('d', mkdir, (const char *name, mode_t mode), AT_FDCWD, name, 0, name, mode)

// Attributes

ON_DESCRIPTOR('a', fchmod, (int fd, mode_t mode), 0, fd, mode)
ON_DESCRIPTOR('a', fchown, (int fd, uid_t user, gid_t group), 0, fd, user, group)
ON_DESCRIPTOR('a', futimens, (int fd, const struct timespec times[2]), 0, fd, times)
ON_DESCRIPTOR(
    'a', fsetxattr, (int fd, const char *name, const void *value, size_t size, int flags), 0, fd, name, value, size, flags)

ssize_t fgetxattr(int fd, const char *name, void *value, size_t size) {
    Path path;
    if (!of_descriptor(fd, path)) return REAL(fgetxattr)(fd, name, value, size);
    IN_TURN('i', ssize_t, -1, REAL(fgetxattr)(fd, name, value, size), "%s", path)
}

ON_DESCRIPTOR('i', fstat, (int fd, struct stat *status), -1, fd, status)
ON_DESCRIPTOR('i', fstat64, (int fd, struct stat64 *status), -1, fd, status)
ON_DESCRIPTOR('i', fstatvfs, (int fd, struct statvfs *status), -1, fd, status)
ON_NAME('i', stat, (const char *name, struct stat *status), AT_FDCWD, name, -1, name, status)
ON_NAME('i', stat64, (const char *name, struct stat64 *status), AT_FDCWD, name, -1, name, status)
ON_NAME('i', lstat, (const char *name, struct stat *status), AT_FDCWD, name, -1, name, status)
ON_NAME('i', lstat64, (const char *name, struct stat64 *status), AT_FDCWD, name, -1, name, status)
ON_NAME('i', fstatat, (int folder, const char *name, struct stat *status, int flags), folder, name, -1, folder, name, status, flags)
ON_NAME('i', fstatat64, (int folder, const char *name, struct stat64 *status, int flags), folder, name, -1, folder, name, status, flags)
ON_NAME('i', access, (const char *name, int mode), AT_FDCWD, name, -1, name, mode)
ON_NAME('i', faccessat, (int folder, const char *name, int mode, int flags), folder, name, -1, folder, name, mode, flags)

// Locks, leases, folders, watches

ON_DESCRIPTOR('l', flock, (int fd, int operation), -1, fd, operation)

static int control(int fd, int command, long argument) {
    Path path;
    // Giving back a lock on a file of this machine cannot fail.
    const int is_lock = (command == F_SETLK || command == F_SETLKW) && ((struct flock *)argument)->l_type != F_UNLCK;
    if (!(is_lock || command == F_SETLEASE || command == F_GETLK) || !of_descriptor(fd, path)) return (int)kernel(SYS_fcntl, fd, command, argument);
    IN_TURN('l', int, -1, (int)kernel(SYS_fcntl, fd, command, argument), "%s", path)
}

#define CONTROL(name)                          \
    int name(int fd, int command, ...) {       \
        va_list rest;                          \
        va_start(rest, command);               \
        const long argument = va_arg(rest, long); \
        va_end(rest);                          \
        return control(fd, command, argument); \
    }
CONTROL(fcntl)
CONTROL(fcntl64)

struct dirent *readdir(DIR *names) {
    Path path;
    if (!of_descriptor(dirfd(names), path)) return REAL(readdir)(names);
    Turn now = turn('f');
    struct dirent *entry = NULL;
    if (now.error) {
        errno = now.error;
    } else {
        entry = REAL(readdir)(names);
    }
    done(&now, 'f', entry ? 0 : -(now.error != 0), "%s", path);
    return entry;
}

ON_NAME('h', inotify_add_watch, (int fd, const char *name, uint32_t mask), AT_FDCWD, name, -1, fd, name, mask)
