/* Says that it is as the last call told it: the body is what HEALTH answers with, and an empty object means nothing at all. */
#define SUBMIT with_health
#include <stdint.h>
struct beam_instance;
struct beam_request;
static int32_t with_health(struct beam_instance *, const struct beam_request *);
#include "fixture.h"

#include <stdio.h>

static char said[256] = "{\"status\":\"ok\"}";

static beam_status with_health(beam_instance *self, const beam_request *request) {
  if (request->method != BEAM_M_HEALTH) return submit(self, request);
  if (strcmp(said, "{}") == 0) return BEAM_OK;
  return answer(self, request->call, BEAM_OK, (beam_str){said, strlen(said)}), BEAM_OK;
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  snprintf(said, sizeof said, "%.*s", (int)request->body.len, request->body.ptr);
  fprintf(stderr, "it says %s\n", said);
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}
