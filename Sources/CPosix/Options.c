#define _GNU_SOURCE
#include "Options.h"

#include <getopt.h>
#include <pthread.h>
#include <stdlib.h>

enum { first_value = 256 };

static int index_of_letter(const tidings_option *options, int count, int letter) {
  for (int index = 0; index < count; index++)
    if (options[index].letter == letter) return index;
  return -1;
}

static int index_of_value(const tidings_option *options, int count, int value) {
  return value >= first_value ? value - first_value : index_of_letter(options, count, value);
}

static void fill(const tidings_option *options, int count, int stop, char *letters, struct option *longs) {
  *letters++ = stop ? '+' : '-';
  *letters++ = ':';
  for (int index = 0; index < count; index++) {
    longs[index] = (struct option){
        options[index].name, options[index].takes_argument ? required_argument : no_argument, NULL,
        first_value + index};
    if (!options[index].letter) continue;
    *letters++ = (char)options[index].letter;
    if (options[index].takes_argument) *letters++ = ':';
  }
}

static int read_words(
    int argc, char *const *argv, const tidings_option *options, int count, const char *letters,
    const struct option *longs, tidings_option_visitor visit, void *context) {
  opterr = 0;
  optind = 0;
  for (;;) {
    int found = getopt_long(argc, argv, letters, longs, NULL);
    if (found == -1) return optind;
    if (found == 1) {
      visit(context, tidings_option_operand, -1, optarg);
    } else if (found == ':') {
      visit(context, tidings_option_argument_missing, index_of_value(options, count, optopt), NULL);
    } else if (found != '?') {
      visit(context, tidings_option_known, index_of_value(options, count, found), optarg);
    } else if (optopt >= first_value) {
      visit(context, tidings_option_argument_unexpected, optopt - first_value, argv[optind - 1]);
    } else if (optopt) {
      const char letter[2] = {(char)optopt, 0};
      visit(context, tidings_option_unknown, -1, letter);
    } else {
      visit(context, tidings_option_unknown, -1, argv[optind - 1]);
    }
  }
}

int tidings_parse_options(
    int argc, char *const *argv, const tidings_option *options, int count, int stop_at_operand,
    tidings_option_visitor visit, void *context) {
  static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
  char *letters = calloc(2 * (size_t)count + 3, 1);
  struct option *longs = calloc((size_t)count + 1, sizeof *longs);
  int next = -1;
  if (letters && longs) {
    fill(options, count, stop_at_operand, letters, longs);
    pthread_mutex_lock(&turn);
    next = read_words(argc, argv, options, count, letters, longs, visit, context);
    pthread_mutex_unlock(&turn);
    if (!stop_at_operand)
      for (; next < argc; next++) visit(context, tidings_option_operand, -1, argv[next]);
  }
  free(letters);
  free(longs);
  return next;
}
