/* Answers with a string of 4 MiB, or with a length nobody can have for the tool named lie. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  size_t length = 4u << 20;
  char *text;
  if (request->name.len == 3 && memcmp(request->name.ptr, "lie", 3) == 0) return answer(self, request->call, BEAM_OK, (beam_str){"1", UINT64_MAX - 1}), BEAM_OK;
  text = malloc(length);
  if (text == NULL) return BEAM_UNAVAILABLE;
  memset(text, 0x61, length);
  text[0] = text[length - 1] = 0x22;
  answer(self, request->call, BEAM_OK, (beam_str){text, length});
  free(text);
  return BEAM_OK;
}
