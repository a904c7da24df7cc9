#define _POSIX_C_SOURCE 200809L
#include "slow_calls.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST_CALLS = 1024 };

struct waiting {
  beam_call call;
  struct timespec due;
};

struct slow_calls {
  const beam_host *host;
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  pthread_t thread;
  int stopping;
  size_t count;
  struct waiting calls[MOST_CALLS];
};

static int is_before(struct timespec one, struct timespec other) {
  return one.tv_sec != other.tv_sec ? one.tv_sec < other.tv_sec : one.tv_nsec < other.tv_nsec;
}

/* Host functions are called without the lock. */
static void complete(const slow_calls *self, beam_call call, beam_status status) {
  static const char json[] = "{\"done\":true}";
  beam_result result = {sizeof result, status, 0, {json, sizeof json - 1}, {NULL, 0}, {NULL, 0}};
  self->host->complete(self->host, call, &result);
}

static beam_call take(slow_calls *self, size_t index) {
  beam_call call = self->calls[index].call;
  self->calls[index] = self->calls[--self->count];
  return call;
}

static void *run(void *argument) {
  slow_calls *self = argument;
  pthread_mutex_lock(&self->mutex);
  while (!self->stopping || self->count > 0) {
    size_t first = 0, index;
    struct timespec now;
    for (index = 1; index < self->count; index++)
      if (is_before(self->calls[index].due, self->calls[first].due)) first = index;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (self->count == 0) {
      pthread_cond_wait(&self->changed, &self->mutex);
    } else if (!self->stopping && is_before(now, self->calls[first].due)) {
      struct timespec due = self->calls[first].due;
      pthread_cond_timedwait(&self->changed, &self->mutex, &due);
    } else {
      beam_call call = take(self, first);
      pthread_mutex_unlock(&self->mutex);
      complete(self, call, BEAM_OK);
      pthread_mutex_lock(&self->mutex);
    }
  }
  pthread_mutex_unlock(&self->mutex);
  return NULL;
}

slow_calls *slow_calls_create(const beam_host *host) {
  slow_calls *self = calloc(1, sizeof *self);
  pthread_condattr_t attributes;
  if (self == NULL) return NULL;
  self->host = host;
  pthread_mutex_init(&self->mutex, NULL);
  pthread_condattr_init(&attributes);
  pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
  pthread_cond_init(&self->changed, &attributes);
  pthread_condattr_destroy(&attributes);
  return self;
}

int slow_calls_start(slow_calls *self) { return pthread_create(&self->thread, NULL, run, self) == 0; }

beam_status slow_calls_add(slow_calls *self, beam_call call, long milliseconds) {
  beam_status status = BEAM_BUSY;
  struct timespec due;
  clock_gettime(CLOCK_MONOTONIC, &due);
  due.tv_sec += milliseconds / 1000;
  due.tv_nsec += milliseconds % 1000 * 1000000;
  if (due.tv_nsec >= 1000000000) {
    due.tv_sec++;
    due.tv_nsec -= 1000000000;
  }
  pthread_mutex_lock(&self->mutex);
  if (!self->stopping && self->count < MOST_CALLS) {
    self->calls[self->count++] = (struct waiting){call, due};
    status = BEAM_OK;
    pthread_cond_signal(&self->changed);
  }
  pthread_mutex_unlock(&self->mutex);
  return status;
}

void slow_calls_cancel(slow_calls *self, beam_call call) {
  size_t index;
  int found = 0;
  pthread_mutex_lock(&self->mutex);
  for (index = 0; index < self->count && !found; index++)
    if (self->calls[index].call == call) {
      take(self, index);
      found = 1;
    }
  pthread_mutex_unlock(&self->mutex);
  if (found) complete(self, call, BEAM_CANCELLED);
}

void slow_calls_stop(slow_calls *self) {
  pthread_mutex_lock(&self->mutex);
  self->stopping = 1;
  pthread_cond_signal(&self->changed);
  pthread_mutex_unlock(&self->mutex);
  pthread_join(self->thread, NULL);
}

void slow_calls_destroy(slow_calls *self) {
  pthread_cond_destroy(&self->changed);
  pthread_mutex_destroy(&self->mutex);
  free(self);
}
