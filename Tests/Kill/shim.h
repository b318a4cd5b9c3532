// What the wrappers in shim-calls.c have of shim.c: is a call counted, and what is to happen to it?
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

typedef char Path[PATH_MAX + 256];

/// A counted call while it is made; no other one is under way.
typedef struct {
    /// From 1; 0 where its kind is not counted.
    long number;
    /// What it is to fail with, and whether that is to be taken for a success.
    int error, is_ignored;
    int is_short;
    /// It is not made and succeeds.
    int is_pretended;
} Turn;

/// The function behind a wrapper.
#define REAL(name) ((__typeof__(&name))real(#name))
void *real(const char *name);
/// The kernel, past the wrapper of `syscall`.
long kernel(long number, ...);

/// Whether calls on a descriptor, or on a name in a folder, are counted; and its path.
int of_descriptor(int fd, char *path);
int of_name(int folder, const char *name, char *path);

/// Begins a call of that kind, and ends it: notes it (a `kind` of 0 does not), and kills where that is asked for.
Turn turn(char kind);
__attribute__((format(printf, 4, 5))) void done(Turn *turn, char kind, long result, const char *format, ...);
void done_writing(Turn *turn, const char *path, long offset, const unsigned char *bytes, long count);
/// The daemon's own fault in which what is renamed to such a path is lost.
int is_lost(const char *path);
/// The daemon's own fault in which a file leaves active/ before the archive, whose log is about to be written, has it.
void remove_early(const char *path);

/// Makes a call in its turn: `call` unless it is to fail, `good` where a failure is to be taken for a success.
#define IN_TURN(kind, type, good, call, ...)                      \
    Turn now = turn(kind);                                        \
    type result = 0;                                              \
    if (now.is_ignored || now.is_pretended) {                     \
        result = (good);                                          \
    } else if (now.error) {                                       \
        errno = now.error;                                        \
        result = (type)-1;                                        \
    } else {                                                      \
        result = (call);                                          \
    }                                                             \
    done(&now, kind, (long)result, __VA_ARGS__);                  \
    return result;
