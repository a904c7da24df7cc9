/* The files of `beamline plugin new`, as they lie in Templates, with the word neutrino where the plugin's name comes. */
#ifndef BEAMLINE_PLUGIN_TEMPLATES_H
#define BEAMLINE_PLUGIN_TEMPLATES_H
#include <stddef.h>

typedef struct beam_template_file {
  const char *languages; /* the languages it belongs to, each followed by a space */
  const char *path;      /* below the project's folder */
  const unsigned char *bytes;
  size_t length;
} beam_template_file;

extern const beam_template_file *const beam_template_files;
extern const size_t beam_template_count;

#endif
