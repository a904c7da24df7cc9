/* A whole plugin in plain C: what an author reads first, and what the host's tests run.
 *
 * Tools: echo {text}, slow {ms, steps} (answers later, from a thread of its own, tells the client of each step, and ends
 * when it is cancelled), fail {status}, source {sql} (asks the host), budget {} (what the request's context says). */
#include "plugin_api.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define STR(text) ((beam_str){(text), sizeof(text) - 1})

static const char manifest[] =
#include "manifest.inc"
    ;

/* One call that answers later. */
struct slow {
  struct slow *next;
  struct beam_instance *owner;
  beam_call call;
  struct timespec begin;
  long ms, steps;
  beam_status why; /* set by cancel */
  pthread_cond_t wake;
};

struct beam_instance {
  const beam_host *host;
  pthread_mutex_t lock;
  pthread_cond_t empty;
  struct slow *open;
};

static beam_str text_of(const char *bytes) { return (beam_str){bytes, strlen(bytes)}; }

static void answer(const beam_instance *self, beam_call call, beam_status status, beam_str structured) {
  beam_result result = {sizeof result, status, 0, structured, {NULL, 0}, {NULL, 0}};
  self->host->complete(self->host, call, &result);
}

static int equals(beam_str text, const char *word) {
  return text.len == strlen(word) && memcmp(text.ptr, word, text.len) == 0;
}

/* The JSON value of a member whose name occurs once: a string with its quotes, or a number. The host has checked
   the arguments against the schema before, so this need not be a parser. */
static beam_str member(beam_str object, const char *name) {
  size_t length = strlen(name), i, start;
  for (i = 0; i + length + 2 < object.len; i++) {
    if (object.ptr[i] != '"' || memcmp(object.ptr + i + 1, name, length) != 0 || object.ptr[i + length + 1] != '"') continue;
    for (start = i + length + 2; start < object.len && strchr(": \t\r\n", object.ptr[start]); start++) {}
    i = start;
    if (i < object.len && object.ptr[i] == '"') {
      for (i++; i < object.len && object.ptr[i] != '"'; i++)
        if (object.ptr[i] == '\\') i++;
      i++;
    } else {
      while (i < object.len && strchr("-+.0123456789eE", object.ptr[i])) i++;
    }
    return (beam_str){object.ptr + start, (i < object.len ? i : object.len) - start};
  }
  return (beam_str){NULL, 0};
}

static long number(beam_str object, const char *name, long otherwise) {
  beam_str value = member(object, name);
  char digits[24] = {0};
  if (value.len == 0 || value.len >= sizeof digits) return otherwise;
  memcpy(digits, value.ptr, value.len);
  return strtol(digits, NULL, 10);
}

static void echo(beam_instance *self, const beam_request *request) {
  beam_str text = member(request->body, "text");
  char *json = malloc(text.len + 16);
  if (json == NULL) {
    answer(self, request->call, BEAM_UNAVAILABLE, STR("{\"message\":\"Out of memory.\"}"));
    return;
  }
  int length = sprintf(json, "{\"text\":%.*s}", (int)text.len, text.ptr);
  answer(self, request->call, BEAM_OK, (beam_str){json, (uint64_t)length});
  free(json);
}

static struct timespec later(struct timespec time, long ms) {
  time.tv_sec += ms / 1000;
  time.tv_nsec += ms % 1000 * 1000000;
  if (time.tv_nsec >= 1000000000) time.tv_sec++, time.tv_nsec -= 1000000000;
  return time;
}

/* What the client is told if it asked: the context says so under "wants", and the host drops what is not wanted. */
static void tell(const beam_instance *self, beam_call call, long step, long steps) {
  char json[80];
  int length = sprintf(json, "{\"level\":\"info\",\"logger\":\"slow\",\"data\":{\"step\":%ld}}", step);
  self->host->emit(self->host, call, BEAM_E_LOG, (beam_str){json, (uint64_t)length});
  self->host->progress(self->host, call, (double)step, (double)steps, STR("waiting"));
}

static void *run_slow(void *argument) {
  struct slow *slow = argument;
  beam_instance *self = slow->owner;
  struct slow **link;
  beam_status why = BEAM_OK;
  beam_call call = slow->call;
  long step, pieces = slow->steps > 0 ? slow->steps : 1;
  for (step = 1; step <= pieces && why == BEAM_OK; step++) {
    struct timespec end = later(slow->begin, slow->ms * step / pieces);
    pthread_mutex_lock(&self->lock);
    while (slow->why == BEAM_OK && pthread_cond_timedwait(&slow->wake, &self->lock, &end) == 0) {}
    why = slow->why;
    pthread_mutex_unlock(&self->lock);
    if (why == BEAM_OK && slow->steps > 0) tell(self, call, step, slow->steps);
  }
  answer(self, call, why, why == BEAM_OK ? STR("{\"slept\":true}") : STR("{\"message\":\"The wait was ended.\"}"));
  /* Only now may destroy go on. */
  pthread_mutex_lock(&self->lock);
  for (link = &self->open; *link != slow; link = &(*link)->next) {}
  *link = slow->next;
  if (self->open == NULL) pthread_cond_signal(&self->empty);
  pthread_mutex_unlock(&self->lock);
  pthread_cond_destroy(&slow->wake);
  free(slow);
  return NULL;
}

static beam_status begin_slow(beam_instance *self, const beam_request *request) {
  struct slow *slow = calloc(1, sizeof *slow);
  pthread_condattr_t attributes;
  pthread_t thread;
  if (slow == NULL) return BEAM_UNAVAILABLE;
  slow->owner = self;
  slow->call = request->call;
  slow->ms = number(request->body, "ms", 0);
  slow->steps = number(request->body, "steps", 0);
  clock_gettime(CLOCK_MONOTONIC, &slow->begin);
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&slow->wake, &attributes);
  pthread_condattr_destroy(&attributes);
  pthread_mutex_lock(&self->lock);
  slow->next = self->open;
  self->open = slow;
  /* Under the lock: the thread cannot take itself out before it is known to run. */
  if (pthread_create(&thread, NULL, run_slow, slow) != 0) {
    self->open = slow->next;
    pthread_mutex_unlock(&self->lock);
    pthread_cond_destroy(&slow->wake);
    free(slow);
    return BEAM_UNAVAILABLE;
  }
  pthread_detach(thread);
  pthread_mutex_unlock(&self->lock);
  self->host->log(self->host, request->call, 1, STR("slow begins"), (beam_str){NULL, 0});
  return BEAM_OK;
}

/* What a reply needs to know. */
struct question {
  beam_instance *owner;
  beam_call call;
};

static void on_rows(void *user, beam_status status, beam_str body) {
  struct question *question = user;
  answer(question->owner, question->call, status, body);
  free(question);
}

static beam_status ask_source(beam_instance *self, const beam_request *request) {
  beam_str sql = member(request->body, "sql");
  struct question *question = malloc(sizeof *question);
  char *body = malloc(sql.len + 80);
  beam_status status = BEAM_UNAVAILABLE;
  if (question != NULL && body != NULL) {
    int length = sprintf(body, "{\"source\":\"panda\",\"sql\":%.*s,\"parameters\":[],\"read_only\":true}", (int)sql.len, sql.ptr);
    *question = (struct question){self, request->call};
    status = self->host->invoke(self->host, request->call, STR("source.query"), (beam_str){body, (uint64_t)length}, on_rows, question, NULL);
  }
  free(body);
  if (status != BEAM_OK) free(question);
  return status;
}

static beam_status call_tool(beam_instance *self, const beam_request *request) {
  if (equals(request->name, "slow")) return begin_slow(self, request);
  if (equals(request->name, "source")) return ask_source(self, request);
  if (equals(request->name, "echo")) {
    echo(self, request);
  } else if (equals(request->name, "fail")) {
    answer(self, request->call, (beam_status)number(request->body, "status", BEAM_INTERNAL),
           STR("{\"message\":\"It failed as asked.\",\"hint\":\"Ask for another status.\",\"retry_after_ms\":1500,\"detail\":\"for the log\"}"));
  } else if (equals(request->name, "budget")) {
    answer(self, request->call, BEAM_OK, request->context);
  } else {
    answer(self, request->call, BEAM_NOT_FOUND, STR("{\"message\":\"There is no such tool.\"}"));
  }
  return BEAM_OK;
}

static beam_str get_manifest(void) { return text_of(manifest); }

static beam_status create(const beam_host *host, beam_str config, beam_instance **out) {
  beam_instance *self = calloc(1, sizeof *self);
  (void)config;
  if (self == NULL) return BEAM_UNAVAILABLE;
  self->host = host;
  pthread_mutex_init(&self->lock, NULL);
  pthread_cond_init(&self->empty, NULL);
  *out = self;
  return BEAM_OK;
}

static void destroy(beam_instance *self) {
  pthread_mutex_lock(&self->lock);
  while (self->open != NULL) pthread_cond_wait(&self->empty, &self->lock);
  pthread_mutex_unlock(&self->lock);
  pthread_cond_destroy(&self->empty);
  pthread_mutex_destroy(&self->lock);
  free(self);
}

static beam_status submit(beam_instance *self, const beam_request *request) {
  switch (request->method) {
  case BEAM_M_START:
    self->host->log(self->host, request->call, 2, STR("plain C plugin started"), (beam_str){NULL, 0});
    answer(self, request->call, BEAM_OK, STR("{}"));
    return BEAM_OK;
  case BEAM_M_STOP:
    answer(self, request->call, BEAM_OK, STR("{}"));
    return BEAM_OK;
  case BEAM_M_HEALTH:
    answer(self, request->call, BEAM_OK, STR("{\"status\":\"ok\"}"));
    return BEAM_OK;
  case BEAM_M_TOOL_CALL:
    return call_tool(self, request);
  default:
    return BEAM_UNSUPPORTED;
  }
}

static void cancel(beam_instance *self, beam_call call, beam_status why) {
  struct slow *slow;
  pthread_mutex_lock(&self->lock);
  for (slow = self->open; slow != NULL; slow = slow->next) {
    if (slow->call != call) continue;
    slow->why = why;
    pthread_cond_signal(&slow->wake);
  }
  pthread_mutex_unlock(&self->lock);
}

static const beam_plugin plugin = {
    sizeof plugin, BEAM_ABI_MAJOR, BEAM_ABI_MINOR, 0, get_manifest, create, destroy, submit, cancel, NULL,
};

const beam_plugin *beam_plugin_v1(const beam_host *host) {
  return host->abi_major == BEAM_ABI_MAJOR ? &plugin : NULL;
}
