/* Ends its process, or holds it, as its body says: "segfault", "abort", "exit", "trap", "loop", "leak", "print";
 * "ok" answers, "slow" answers after a while, and so does "act" read-only for retries. */
#define MANIFEST \
  "{\"schema\":\"beamline.manifest/1\",\"id\":\"org.test.crashes\",\"version\":\"1\",\"namespace\":\"crashes\"," \
  "\"abi\":{\"major\":1,\"min_minor\":0},\"execution\":{\"concurrency\":64,\"memory_mb\":64}," \
  "\"tools\":[{\"name\":\"act\",\"description\":\"Acts.\",\"inputSchema\":{\"type\":\"object\"}}," \
  "{\"name\":\"read\",\"description\":\"Reads.\",\"inputSchema\":{\"type\":\"object\"},\"annotations\":{\"readOnlyHint\":true}}]," \
  "\"auth\":{\"roles\":{\"user\":\"any\"},\"rules\":[{\"match\":\"*\",\"call\":{\"anyRole\":[\"user\"]}}]}}"
#include "fixture.h"

#include <pthread.h>
#include <stdio.h>
#include <unistd.h>

struct later {
  beam_instance *self;
  beam_call call;
};

static void *answer_later(void *argument) {
  struct later *later = argument;
  usleep(2000);
  answer(later->self, later->call, BEAM_OK, STR("{\"slow\":true}"));
  free(later);
  return NULL;
}

static beam_status on_call(beam_instance *self, const beam_request *request) {
  volatile int *nowhere = NULL;
  char how[32] = {0};
  struct later *later;
  pthread_t thread;
  if (request->body.len >= sizeof how) return BEAM_INVALID_ARGUMENT;
  memcpy(how, request->body.ptr, request->body.len);
#define IS(word) (strstr(how, "\"" word "\"") != NULL)
  if (IS("segfault")) *nowhere = 1;
  if (IS("abort")) abort();
  if (IS("exit")) exit(0);
  if (IS("trap")) __builtin_trap();
  if (IS("loop")) for (;;) nowhere = &nowhere[0];
  if (IS("leak")) {
    size_t size = 96u << 20;
    char *memory = malloc(size);
    if (memory != NULL) memset(memory, 1, size);
  }
  if (IS("hoard")) return answer(self, request->call, BEAM_OK, malloc(2048ull << 20) == NULL ? STR("\"refused\"") : STR("\"granted\"")), BEAM_OK;
  if (IS("print")) fprintf(stderr, "a word to the operator\n"), fflush(stderr);
  if (IS("keep")) return BEAM_OK;
  if (IS("pid")) {
    char text[32];
    snprintf(text, sizeof text, "%d", getpid());
    return answer(self, request->call, BEAM_OK, (beam_str){text, strlen(text)}), BEAM_OK;
  }
  if (IS("slow")) {
    later = malloc(sizeof *later);
    if (later == NULL) return BEAM_UNAVAILABLE;
    *later = (struct later){self, request->call};
    if (pthread_create(&thread, NULL, answer_later, later) != 0) return free(later), BEAM_UNAVAILABLE;
    pthread_detach(thread);
    return BEAM_OK;
  }
  return answer(self, request->call, BEAM_OK, STR("{\"ok\":true}")), BEAM_OK;
}
