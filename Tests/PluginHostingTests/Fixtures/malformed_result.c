/* Answers with what the body of the request says it shall: no JSON, bad UTF-8, wrong kinds, no struct. */
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  beam_result result = {sizeof result, BEAM_OK, 0, STR("{}"), NONE, NONE};
  const beam_result *given = &result;
  const char *name = request->name.ptr;
  uint64_t length = request->name.len;
#define IS(text) (length == sizeof(text) - 1 && memcmp(name, text, sizeof(text) - 1) == 0)
  if (IS("text")) result.structured = STR("{\"open\":");
  if (IS("utf8")) result.structured = STR("\"\xff\"");
  if (IS("content")) result.content = STR("{}");
  if (IS("meta")) result.meta = STR("[]");
  if (IS("pointer")) result.structured = (beam_str){NULL, 7};
  if (IS("null")) given = NULL;
  if (IS("tiny")) result.struct_size = 8;
  if (IS("prefix")) result.struct_size = 32, result.content = STR("never read");
  if (IS("error")) result.flags = BEAM_R_IS_ERROR | 0x80, result.structured = STR("{\"why\":\"its own words\"}");
  if (IS("failed")) result.status = BEAM_NOT_FOUND, result.structured = STR("no json");
  if (IS("unknown")) result.status = 4711;
  self->host->complete(self->host, request->call, given);
  return BEAM_OK;
}
