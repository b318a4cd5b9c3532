#pragma once
// getopt_long(3) without its global variables, which Swift refuses.

/// What was found in a command line.
typedef enum __attribute__((enum_extensibility(closed))) tidings_option_finding : int {
  /// An option that is known; `index` counts in the list of options.
  tidings_option_known,
  /// A word that is no option.
  tidings_option_operand,
  /// An option that is not known, or an abbreviation of several; `text` is the whole word, or the letter.
  tidings_option_unknown,
  /// A known option whose argument is missing.
  tidings_option_argument_missing,
  /// A known option with an argument that it does not take; `text` is the whole word.
  tidings_option_argument_unexpected,
} tidings_option_finding;

/// An option: its long name, its letter (0 for none), and whether it takes an argument.
typedef struct {
  const char *name;
  int letter;
  int takes_argument;
} tidings_option;

/// Takes what was found: the option's index (-1 where there is none) and its argument, the operand, or the word.
typedef void (*tidings_option_visitor)(
    void *context, tidings_option_finding finding, int index, const char *text);

/// Reads a command line of `argc` words, the program's name first, and hands over what it finds in the order of the
/// words. With `stop_at_operand` it ends at the first operand and returns its index; else it returns `argc`. One call
/// runs at a time; others wait. -1 where there is no memory.
int tidings_parse_options(
    int argc, char *const *argv, const tidings_option *options, int count, int stop_at_operand,
    tidings_option_visitor visit, void *context);
