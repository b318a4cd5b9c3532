// Loaded into the daemon (LD_PRELOAD): counts the calls by which it, libsqlite3 and libsystemd touch files of the spool
// and of the state directory, over all threads together, and harms one of them. Calls are made one at a time, so that
// the trace has them in the order in which the kernel saw them. The environment says what to do:
//
//   SHIM_UNDER   folders, ':' between them: only calls on these and on what is in them are counted
//   SHIM_KINDS   kinds that are counted, a letter each: o open, k make and open, r read, w write, s sync, n rename,
//                u unlink, d mkdir, t truncate, a attributes, i inspect, l lock or lease, m map, f folder listing,
//                h watch, c close
//   SHIM_AT      the number of the call that is harmed, from 1; 0 for none
//   SHIM_HARM    before: SIGKILL before it; after: SIGKILL after it; fail: it fails with SHIM_ERRNO; short: it reads or
//                writes half of what was asked for
//   SHIM_EVER    1: every counted call from SHIM_AT on is harmed (about half of them for EINTR, or nobody could go on)
//   SHIM_TRACE   a file to which a line for each counted call is appended
//   SHIM_SEED    a fault of the daemon's own, as it were: no-sync: flushes are not made and succeed; ignore: a call that
//                fails is taken for one that went well; early: the first file leaves active/ before the archive's log
//                is written; lose:PATTERN: what is renamed to such a path (a pattern as of the shell) is lost
#include "shim.h"

#include <dirent.h>
#include <dlfcn.h>
#include <fnmatch.h>

static const char *under = "", *kinds = "", *harm = "", *seed = "";
static long at, counter;
static int is_ever, code, trace = -1;
static pthread_mutex_t turn_lock = PTHREAD_MUTEX_INITIALIZER;

void *real(const char *name) {
    void *found = dlsym(RTLD_NEXT, name);
    if (!found) abort();
    return found;
}

long kernel(long number, ...) {
    static long (*plain)(long, ...);
    long a[6];
    va_list rest;
    va_start(rest, number);
    for (int i = 0; i < 6; i++) a[i] = va_arg(rest, long);
    va_end(rest);
    if (!plain) plain = (long (*)(long, ...))real("syscall");
    return plain(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

static const char *setting(const char *name) {
    const char *value = getenv(name);
    return value ? value : "";
}

__attribute__((constructor)) static void begin(void) {
    kinds = setting("SHIM_KINDS");
    harm = setting("SHIM_HARM");
    seed = setting("SHIM_SEED");
    at = atol(setting("SHIM_AT"));
    code = atoi(setting("SHIM_ERRNO"));
    is_ever = *setting("SHIM_EVER") == '1';
    if (*setting("SHIM_TRACE"))
        trace = (int)kernel(SYS_openat, AT_FDCWD, setting("SHIM_TRACE"), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    under = setting("SHIM_UNDER");
}

static int is_under(const char *path) {
    for (const char *folder = under; *folder;) {
        const size_t length = strcspn(folder, ":");
        if (!strncmp(path, folder, length) && (path[length] == '/' || !path[length])) return 1;
        folder += length + (folder[length] == ':');
    }
    return 0;
}

int of_descriptor(int fd, char *path) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    const long length = kernel(SYS_readlinkat, AT_FDCWD, link, path, PATH_MAX);
    path[length > 0 ? length : 0] = 0;
    return *under && is_under(path);
}

int of_name(int folder, const char *name, char *path) {
    if (name[0] != '/') {
        if (folder == AT_FDCWD || !of_descriptor(folder, path)) return 0;
        if (strcmp(name, ".") == 0) return 1;
        const size_t length = strlen(path);
        snprintf(path + length, sizeof(Path) - length, "/%s", name);
    } else {
        snprintf(path, sizeof(Path), "%s", name);
    }
    return *under && is_under(path);
}

static void end_process(void) { kernel(SYS_kill, getpid(), SIGKILL); }

/// True for one half of the numbers, in no pattern.
static int is_odd(long number) { return (unsigned)number * 2654435761u >> 31; }

Turn turn(char kind) {
    const int saved = errno;
    Turn turn = {0};
    pthread_mutex_lock(&turn_lock);
    if (strchr(kinds, kind)) turn.number = ++counter;
    const int is_here = turn.number && at && (is_ever ? turn.number >= at : turn.number == at);
    if (is_here && !strcmp(harm, "before")) {
        end_process();
        pause();
    }
    if (is_here && !strcmp(harm, "short")) turn.is_short = 1;
    if (is_here && !strcmp(harm, "fail") && (code != EINTR || !is_ever || is_odd(turn.number))) turn.error = code;
    turn.is_ignored = turn.error && !strcmp(seed, "ignore");
    turn.is_pretended = kind == 's' && !strcmp(seed, "no-sync");
    errno = saved;
    return turn;
}

static void write_trace(const char *line, size_t length) {
    while (length > 0) {
        const long count = kernel(SYS_write, trace, line, length);
        if (count <= 0) return;
        line += count;
        length -= (size_t)count;
    }
}

void done(Turn *turn, char kind, long result, const char *format, ...) {
    const int saved = errno;
    if (kind && turn->number && trace >= 0) {
        char line[4 * PATH_MAX];
        int length = snprintf(
            line, sizeof line, "%ld\t%c\t%ld\t%s\t", turn->number, kind, result < 0 ? -saved : result,
            turn->is_ignored ? "ignored" : turn->is_pretended ? "pretended" : turn->error ? "failed" : "");
        va_list arguments;
        va_start(arguments, format);
        length += vsnprintf(line + length, sizeof line - (size_t)length - 1, format, arguments);
        va_end(arguments);
        line[length++] = '\n';
        write_trace(line, (size_t)length);
    }
    if (turn->number && turn->number == at && !strcmp(harm, "after")) {
        end_process();
        pause();
    }
    pthread_mutex_unlock(&turn_lock);
    errno = saved;
}

/// The trace of a write has the bytes, two digits each.
void done_writing(Turn *now, const char *path, long offset, const unsigned char *bytes, long count) {
    char *digits = NULL;
    if (trace >= 0 && count > 0) {
        digits = malloc(2 * (size_t)count + 1);
        if (!digits) abort();
        for (long i = 0; i < count; i++) snprintf(digits + 2 * i, 3, "%02x", bytes[i]);
    }
    const int saved = errno;
    if (digits && now->number) {
        // Too long for the line that `done` makes.
        char head[PATH_MAX + 128];
        const char *how = now->is_ignored ? "ignored" : now->is_short ? "short" : "";
        const int length = snprintf(head, sizeof head, "%ld\tw\t%ld\t%s\t%s\t%ld\t", now->number, count, how, path, offset);
        write_trace(head, (size_t)length);
        write_trace(digits, 2 * (size_t)count);
        write_trace("\n", 1);
    }
    free(digits);
    errno = saved;
    done(now, digits ? 0 : 'w', count, "%s\t%ld\t", path, offset);
}

int is_lost(const char *path) { return !strncmp(seed, "lose:", 5) && !fnmatch(seed + 5, path, 0); }

void remove_early(const char *path) {
    static int is_removed;
    const char *end = "/state/archiver/archive.sqlite-wal";
    const size_t length = strlen(path), tail = strlen(end);
    if (is_removed || strcmp(seed, "early") || length < tail || strcmp(path + length - tail, end)) return;
    Path folder;
    snprintf(folder, sizeof folder, "%.*s/spool/active", (int)(length - tail), path);
    DIR *names = opendir(folder);
    if (!names) return;
    char first[NAME_MAX + 1] = "";
    struct dirent *entry;
    while ((entry = REAL(readdir)(names)))
        if (entry->d_name[0] != '.' && (!*first || strcmp(entry->d_name, first) < 0)) strcpy(first, entry->d_name);
    if (*first) {
        is_removed = 1;
        Turn now = {.number = counter};
        const long result = kernel(SYS_unlinkat, dirfd(names), first, 0);
        pthread_mutex_lock(&turn_lock);
        done(&now, 'u', result, "%s/%s", folder, first);
    }
    closedir(names);
}
