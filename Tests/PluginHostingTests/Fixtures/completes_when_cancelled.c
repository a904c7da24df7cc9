/* Answers a call when it is cancelled, and not before; with what poll says then. */
#include <stdint.h>
#include <stdio.h>
struct beam_instance;
#define CANCEL cancel
static void cancel(struct beam_instance *, uint64_t, int32_t);
#include "fixture.h"

static beam_status on_call(beam_instance *self, const beam_request *request) {
  (void)self, (void)request;
  return BEAM_OK;
}

static void cancel(beam_instance *self, beam_call call, beam_status why) {
  char text[64];
  beam_status poll = self->host->poll(self->host, call);
  int length = snprintf(text, sizeof text, "cancel %d poll %d complete %d", why, poll, answer(self, call, why, NONE));
  self->host->log(self->host, call, 2, (beam_str){text, (uint64_t)length}, NONE);
}
