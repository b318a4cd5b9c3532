// live CORPUS STAGING INCOMING DONE (deleted|moved) COUNT GAP_MS: drops COUNT updates one at a time, each by a rename
// into INCOMING, and measures the time until something leaves DONE (deleted) or arrives in it (moved). Prints the
// median, the 99th percentile and the maximum in milliseconds.
#define _GNU_SOURCE
#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1e3 + time.tv_nsec * 1e-6;
}

static int ascending(const void *a, const void *b) {
    const double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void fail(const char *what) {
    perror(what);
    exit(1);
}

int main(int argc, char **argv) {
    if (argc != 8) {
        fprintf(stderr, "usage: live CORPUS STAGING INCOMING DONE deleted|moved COUNT GAP_MS\n");
        return 64;
    }
    const long count = atol(argv[6]);
    const int gap = atoi(argv[7]);
    FILE *corpus = fopen(argv[1], "r");
    if (!corpus) fail(argv[1]);
    const int notify = inotify_init1(IN_CLOEXEC);
    const uint32_t mask = strcmp(argv[5], "moved") ? IN_DELETE : IN_MOVED_TO;
    if (inotify_add_watch(notify, argv[4], mask) < 0) fail(argv[4]);
    double *times = calloc(count, sizeof *times);
    char *line = NULL;
    size_t room = 0;
    for (long i = 0; i < count; i++) {
        const ssize_t length = getline(&line, &room, corpus);
        if (length < 0) fail("the corpus has too few lines");
        char staged[4096], dropped[4096], events[4096];
        snprintf(staged, sizeof staged, "%s/live-%06ld.json", argv[2], i);
        snprintf(dropped, sizeof dropped, "%s/live-%06ld.json", argv[3], i);
        const int file = open(staged, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0644);
        if (file < 0 || write(file, line, length) != length || close(file)) fail(staged);
        const double start = now();
        if (rename(staged, dropped)) fail(dropped);
        struct pollfd ready = {notify, POLLIN, 0};
        if (poll(&ready, 1, 10000) != 1) fail("no outcome within ten seconds");
        times[i] = now() - start;
        if (read(notify, events, sizeof events) <= 0) fail("inotify");
        poll(NULL, 0, gap);
    }
    qsort(times, count, sizeof *times, ascending);
    printf("p50 %.2f ms  p99 %.2f ms  max %.2f ms\n", times[count / 2], times[count * 99 / 100], times[count - 1]);
    return 0;
}
