/* Offers one more tool after each odd call of `act`, takes it back after each even one, and says each time that its
 * one resource has changed. */
#define ON_LIST(self, request) list(self, request)
struct beam_instance;
struct beam_request;
static void list(struct beam_instance *, const struct beam_request *);
#include "fixture.h"

static int offers_more;

static beam_status on_call(beam_instance *self, const beam_request *request) {
  if (request->name.len == 3) {
    offers_more = !offers_more;
    self->host->notify(self->host, BEAM_N_LIST_CHANGED, STR("{\"lists\":[\"tools\"]}"));
    self->host->notify(self->host, BEAM_N_RESOURCE_UPDATED, STR("{\"uri\":\"note:a\"}"));
  }
  return answer(self, request->call, BEAM_OK, STR("{}")), BEAM_OK;
}

static void list(beam_instance *self, const beam_request *request) {
  if (request->name.len == 9)
    answer(self, request->call, BEAM_OK, STR("{\"items\":[{\"uri\":\"note:a\",\"name\":\"a\"}]}"));
  else if (offers_more && request->name.len == 5)
    answer(self, request->call, BEAM_OK,
           STR("{\"items\":[{\"name\":\"more\",\"description\":\"Listed.\",\"inputSchema\":{\"type\":\"object\"}}]}"));
  else
    answer(self, request->call, BEAM_OK, STR("{\"items\":[]}"));
}
