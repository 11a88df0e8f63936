// FeedSim in C++, the limit that the engine is held against: the same model to the bit (src/engine/feedsim/model.ts).
//   g++ -O3 -march=native -pthread feedsim.cpp -o feedsim && ./feedsim plain|tuned AGENTS TICKS THREADS SEED
// `plain` is the algorithm as one would write it; `tuned` has a pipeline of prefetches and, where the processor has AVX-512, ranks
// and decides with it. Prints one line of JSON; the first 25 ticks are run, but not timed.
#include <atomic>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <immintrin.h>
#include <limits>
#include <memory>
#include <string>
#include <sys/resource.h>
#include <thread>
#include <vector>

namespace {

using std::int16_t;
using std::int32_t;
using std::int64_t;
using std::int8_t;
using std::uint32_t;
using std::uint64_t;
using std::uint8_t;

constexpr uint32_t GOLDEN = 0x9E3779B9u, AGENT_STEP = 0x85EBCA6Bu;
constexpr uint32_t ACTIVE = 429496729u, POSTING = 1288490188u;
constexpr int AGE_LIMIT = 20, RING = 4, WIDTH = 16, KEPT = 8, WARM_UP = 25, METRICS = 7;
constexpr int LIKE = 838861, OTHER = 167772;
constexpr int MOST_CANDIDATES = 120, CANDIDATE_ROOM = 144, MOST_THREADS = 64;

inline uint32_t mix(uint32_t x) {
  x ^= x >> 16;
  x *= 0x7feb352du;
  x ^= x >> 15;
  x *= 0x846ca68bu;
  return x ^ (x >> 16);
}
inline uint32_t draw(uint32_t key, uint32_t n) { return mix(key + n * GOLDEN); }
inline int32_t scale(uint32_t draw, uint64_t range) { return int32_t((draw * range) >> 32); }

/** Zeroed memory on a boundary of 2 MiB. */
template <class T> T *room(size_t count) {
  constexpr size_t page = size_t(1) << 21;
  const size_t bytes = (count * sizeof(T) / page + 1) * page;
  void *memory = std::aligned_alloc(page, bytes);
  if (memory == nullptr) std::exit(3);
  std::memset(memory, 0, bytes);
  return static_cast<T *>(memory);
}

struct alignas(64) LaneTotals {
  int64_t metric[METRICS];
  int32_t made[2];
  int32_t events;
};

struct Candidate {
  int32_t slot, edge, age;
};

struct Candidates {
  int count = 0;
  Candidate all[CANDIDATE_ROOM];
};

struct Active {
  int32_t agent;
  uint32_t key;
  bool reads;
};

struct World {
  uint32_t seed;
  int32_t agents, lanes;
  uint32_t *rows;
  int32_t *followees;
  uint8_t *affinity, *heads;
  int8_t *interests, *vectors, *newVectors;
  int16_t *ticks;
  uint32_t *counters;
  int32_t *newAuthors, *recent, *events;
  LaneTotals totals[MOST_THREADS];
  std::atomic<int> waiting{0}, generation{0};

  int32_t start(int lane) const { return int32_t(int64_t(agents) * lane / lanes); }
  size_t eventStart(int lane) const { return size_t(start(lane)) * 3 + size_t(lane) * 8192; }
  void found();
  void meet();
};

void World::found() {
  rows = room<uint32_t>(size_t(agents) + 1);
  uint32_t edges = 0;
  for (int32_t i = 0; i < agents; i++) {
    rows[i] = edges;
    edges += 10 + mix((seed ^ 0x1111) + uint32_t(i) * AGENT_STEP) % 21;
  }
  rows[agents] = edges;
  followees = room<int32_t>(edges);
  affinity = room<uint8_t>(edges);
  interests = room<int8_t>(size_t(agents) * WIDTH);
  ticks = room<int16_t>(size_t(agents) * RING);
  vectors = room<int8_t>(size_t(agents) * RING * WIDTH);
  counters = room<uint32_t>(size_t(agents) * RING * 3);
  heads = room<uint8_t>(agents);
  newAuthors = room<int32_t>(agents);
  newVectors = room<int8_t>(size_t(agents) * WIDTH);
  recent = room<int32_t>(size_t(agents) * 2);
  events = room<int32_t>(eventStart(lanes));
  const uint32_t edgeKey = mix(seed ^ 0x2222), interestKey = mix(seed ^ 0x3333);
  for (int32_t i = 0; i < agents; i++) {
    for (uint32_t e = rows[i]; e < rows[i + 1]; e++) {
      const uint32_t a = draw(edgeKey, e), b = mix(a + GOLDEN);
      const int32_t target = e > 64 && (a & 1) ? followees[scale(b, e)] : scale(b, agents);
      followees[e] = target == i ? (i + 1) % agents : target;
    }
    for (uint32_t d = 0; d < WIDTH; d++)
      interests[size_t(i) * WIDTH + d] = int8_t(int32_t(draw(interestKey, uint32_t(i) * WIDTH + d) % 255) - 127);
  }
  for (size_t slot = 0; slot < size_t(agents) * RING; slot++) ticks[slot] = -1000;
}

void World::meet() {
  if (lanes == 1) return;
  const int now = generation.load(std::memory_order_acquire);
  if (waiting.fetch_add(1) == lanes - 1) {
    waiting.store(0);
    generation.fetch_add(1);
    return;
  }
  for (int spin = 0; generation.load(std::memory_order_acquire) == now; spin++) {
    _mm_pause();
    if (spin > 20000) std::this_thread::yield();
  }
}

/** One thread's part of a tick. */
template <bool TUNED> class Lane {
public:
  Lane(World &world, int lane)
      : w(world), lane(lane), first(world.start(lane)), end(world.start(lane + 1)), totals(world.totals[lane]) {
    actives.reserve(size_t(end - first) / 5 + 64);
  }
  void act(int tick);
  void commit(int tick);

private:
  World &w;
  const int lane;
  const int32_t first, end;
  LaneTotals &totals;
  std::vector<Active> actives;
  Candidates stages[8];
  int32_t made = 0;
  int32_t *event = nullptr, *lastEvent = nullptr;
  int64_t views = 0, likes = 0, reposts = 0, replies = 0, posts = 0, alignment = 0;
  alignas(64) int32_t scores[CANDIDATE_ROOM + 16], dots[CANDIDATE_ROOM + 16], best[32];
  alignas(64) uint32_t draws[32];
  int32_t slots[16], edges[16];

  int32_t dot(int32_t agent, int32_t slot) const {
    const int8_t *a = w.interests + size_t(agent) * WIDTH, *b = w.vectors + size_t(slot) * WIDTH;
#ifdef __AVX2__
    if constexpr (TUNED) {
      const __m256i x = _mm256_cvtepi8_epi16(_mm_load_si128(reinterpret_cast<const __m128i *>(a)));
      const __m256i y = _mm256_cvtepi8_epi16(_mm_load_si128(reinterpret_cast<const __m128i *>(b)));
      const __m256i m = _mm256_madd_epi16(x, y);
      __m128i s = _mm_add_epi32(_mm256_castsi256_si128(m), _mm256_extracti128_si256(m, 1));
      s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4e));
      return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xb1)));
    }
#endif
    int32_t sum = 0;
    for (int d = 0; d < WIDTH; d++) sum += int32_t(a[d]) * b[d];
    return sum;
  }
  int8_t *publish(int32_t author) {
    w.newAuthors[first + made] = author;
    return w.newVectors + size_t(first + made++) * WIDTH;
  }
  void count(int32_t slot, int kind) {
    if (event == lastEvent) std::exit(4);
    *event++ = slot * 4 + kind;
  }
  void compose(int32_t agent, uint32_t key);
  void scan(uint32_t tickKey);
  // Always inline: GCC takes a function that does nothing but prefetch for one without effect, and drops the call.
  [[gnu::always_inline]] void prefetch(int64_t now, int64_t count);
  void gather(int32_t agent, int tick, Candidates &out) const;
  void read(const Active &reader, int tick, const Candidates &candidates);
  int rankPlain(const Active &reader, const Candidates &candidates);
  int rankTuned(const Active &reader, const Candidates &candidates);
  int lookOutside(const Active &reader, int tick, int shown);
  void respond(const Active &reader, int shown);
  void like(int item);
  void repost(int32_t agent, int item);
};

template <bool TUNED> void Lane<TUNED>::compose(int32_t agent, uint32_t key) {
  int8_t *out = publish(agent);
  const int8_t *own = w.interests + size_t(agent) * WIDTH;
  posts++;
  for (int q = 0; q < 4; q++) {
    const uint32_t bytes = draw(key, 40 + q);
    for (int d = 4 * q; d < 4 * q + 4; d++)
      out[d] = int8_t((3 * own[d] + int32_t((bytes >> (8 * (d & 3))) & 255) - 128) >> 2);
  }
}

template <bool TUNED> void Lane<TUNED>::gather(int32_t agent, int tick, Candidates &out) const {
  int count = 0;
  const uint32_t last = w.rows[agent + 1];
  for (uint32_t e = w.rows[agent]; e < last; e++) {
    const int32_t ring = w.followees[e] * RING;
    if constexpr (TUNED) {
      int64_t four;
      std::memcpy(&four, w.ticks + ring, sizeof four);
      const __m128i ages = _mm_sub_epi16(_mm_set1_epi16(int16_t(tick)), _mm_cvtsi64_si128(four));
      uint32_t young = _mm_movemask_epi8(_mm_cmplt_epi16(ages, _mm_set1_epi16(AGE_LIMIT + 1))) & 0xff;
      while (young) {
        const int s = __builtin_ctz(young) >> 1;
        young &= ~(3u << (2 * s));
        out.all[count++] = {ring + s, int32_t(e), tick - w.ticks[ring + s]};
        __builtin_prefetch(w.vectors + size_t(ring + s) * WIDTH);
      }
    } else {
      for (int32_t slot = ring; slot < ring + RING; slot++) {
        const int age = tick - w.ticks[slot];
        if (age <= AGE_LIMIT) out.all[count++] = {slot, int32_t(e), age};
      }
    }
  }
  out.count = count;
}

template <bool TUNED> int Lane<TUNED>::rankPlain(const Active &reader, const Candidates &candidates) {
  int shown = 0;
  for (int c = 0; c < candidates.count; c++) {
    const auto [slot, edge, age] = candidates.all[c];
    const int32_t product = dot(reader.agent, slot);
    const int32_t score = (product + 4096 * w.affinity[edge]) * (128 - 6 * age);
    if (shown == KEPT && score <= scores[KEPT - 1]) continue;
    int at = shown < KEPT ? shown++ : KEPT - 1;
    for (; at > 0 && scores[at - 1] < score; at--) {
      scores[at] = scores[at - 1];
      slots[at] = slots[at - 1];
      dots[at] = dots[at - 1];
      edges[at] = edges[at - 1];
    }
    scores[at] = score;
    slots[at] = slot;
    dots[at] = product;
    edges[at] = edge;
  }
  return shown;
}

#ifdef __AVX512F__
/** A candidate's rank is the number of better scores, which needs no branch. */
template <bool TUNED> int Lane<TUNED>::rankTuned(const Active &reader, const Candidates &candidates) {
  alignas(64) int32_t products[CANDIDATE_ROOM];
  const int count = candidates.count, padded = (count + 15) & ~15;
  for (int c = 0; c < count; c++) {
    const auto [slot, edge, age] = candidates.all[c];
    products[c] = dot(reader.agent, slot);
    scores[c] = (products[c] + 4096 * w.affinity[edge]) * (128 - 6 * age);
  }
  for (int c = count; c < padded; c++) scores[c] = std::numeric_limits<int32_t>::min();
  for (int c = 0; c < count; c++) {
    const __m512i own = _mm512_set1_epi32(scores[c]);
    int rank = 0;
    for (int from = 0; from < padded; from += 16) {
      const __m512i others = _mm512_load_si512(scores + from);
      const int before = c - from;
      const uint32_t earlier = before <= 0 ? 0 : before >= 16 ? 0xffff : (1u << before) - 1;
      const uint32_t larger = _mm512_cmpgt_epi32_mask(others, own);
      rank += __builtin_popcount(larger | (_mm512_cmpeq_epi32_mask(others, own) & earlier));
    }
    best[rank < KEPT ? rank : 31] = c;
  }
  const int shown = count < KEPT ? count : KEPT;
  for (int item = 0; item < shown; item++) {
    const int c = best[item];
    slots[item] = candidates.all[c].slot;
    edges[item] = candidates.all[c].edge;
    dots[item] = products[c];
  }
  return shown;
}
#endif

template <bool TUNED> int Lane<TUNED>::lookOutside(const Active &reader, int tick, int shown) {
  const int parity = (tick - 1) & 1;
  int32_t total = 0;
  for (int q = 0; q < w.lanes; q++) total += w.totals[q].made[parity];
  if (total == 0) return shown;
  for (int pick = 0; pick < 2; pick++) {
    int32_t left = scale(draw(reader.key, 2 + pick), total);
    int q = 0;
    for (; left >= w.totals[q].made[parity]; q++) left -= w.totals[q].made[parity];
    const int32_t slot = w.recent[size_t(parity) * w.agents + w.start(q) + left];
    if (slot / RING == reader.agent) continue;
    slots[shown] = slot;
    dots[shown] = dot(reader.agent, slot);
    edges[shown++] = -1;
  }
  return shown;
}

template <bool TUNED> void Lane<TUNED>::like(int item) {
  likes++;
  count(slots[item], 0);
  if (edges[item] >= 0 && w.affinity[edges[item]] < 16) w.affinity[edges[item]]++;
}

template <bool TUNED> void Lane<TUNED>::repost(int32_t agent, int item) {
  reposts++;
  count(slots[item], 1);
  std::memcpy(publish(agent), w.vectors + size_t(slots[item]) * WIDTH, WIDTH);
}

template <bool TUNED> void Lane<TUNED>::respond(const Active &reader, int shown) {
  views += shown;
#ifdef __AVX512F__
  if constexpr (TUNED) {
    for (int k = 0; k < 32; k++) draws[k] = draw(reader.key, 50 + k) >> 8;
    const __m512i numbers = _mm512_setr_epi32(0, 3, 6, 9, 12, 15, 18, 21, 24, 27, 30, 0, 0, 0, 0, 0);
    const __m512i low = _mm512_load_si512(draws), high = _mm512_load_si512(draws + 16);
    const auto every = [&](int first) {
      return _mm512_permutex2var_epi32(low, _mm512_add_epi32(numbers, _mm512_set1_epi32(first)), high);
    };
    const __mmask16 valid = __mmask16((1u << shown) - 1);
    const __m512i product = _mm512_load_si512(dots);
    const __m512i likeLimit = _mm512_add_epi32(_mm512_slli_epi32(product, 7), _mm512_set1_epi32(LIKE));
    const __m512i otherLimit = _mm512_add_epi32(_mm512_slli_epi32(product, 5), _mm512_set1_epi32(OTHER));
    uint32_t liked = _mm512_mask_cmplt_epi32_mask(valid, every(0), likeLimit);
    const uint32_t reposted = _mm512_mask_cmplt_epi32_mask(valid, every(1), otherLimit);
    uint32_t answered = _mm512_mask_cmplt_epi32_mask(valid, every(2), otherLimit);
    alignment += _mm512_mask_reduce_add_epi32(valid, _mm512_srai_epi32(product, 8));
    replies += __builtin_popcount(answered);
    for (; liked; liked &= liked - 1) like(__builtin_ctz(liked));
    if (reposted) repost(reader.agent, __builtin_ctz(reposted));
    for (; answered; answered &= answered - 1) count(slots[__builtin_ctz(answered)], 2);
    return;
  }
#endif
  bool reposted = false;
  for (int item = 0; item < shown; item++) {
    const int32_t product = dots[item];
    const uint32_t number = 50 + 3 * item;
    alignment += product >> 8;
    if (int32_t(draw(reader.key, number) >> 8) < LIKE + 128 * product) like(item);
    if (!reposted && int32_t(draw(reader.key, number + 1) >> 8) < OTHER + 32 * product) {
      reposted = true;
      repost(reader.agent, item);
    }
    if (int32_t(draw(reader.key, number + 2) >> 8) < OTHER + 32 * product) {
      replies++;
      count(slots[item], 2);
    }
  }
}

template <bool TUNED>
void Lane<TUNED>::read(const Active &reader, int tick, const Candidates &candidates) {
#ifdef __AVX512F__
  const int kept = TUNED ? rankTuned(reader, candidates) : rankPlain(reader, candidates);
#else
  const int kept = rankPlain(reader, candidates);
#endif
  respond(reader, lookOutside(reader, tick, kept));
}

/** Lists who is active; draws of a block are made in a loop that the compiler vectorises. */
template <bool TUNED> void Lane<TUNED>::scan(uint32_t tickKey) {
  constexpr int BLOCK = 256;
  uint32_t keys[BLOCK];
  actives.clear();
  for (int32_t from = first; from < end; from += BLOCK) {
    const int count = end - from < BLOCK ? end - from : BLOCK;
    for (int k = 0; k < count; k++) keys[k] = mix(tickKey ^ (uint32_t(from + k) * AGENT_STEP));
    for (int k = 0; k < count; k++)
      if (keys[k] < ACTIVE) actives.push_back({from + k, keys[k], draw(keys[k], 1) >= POSTING});
  }
}

/** Fetches what agents further on in the list will need: first their rows, then the ticks of their followees' posts. */
template <bool TUNED> inline void Lane<TUNED>::prefetch(int64_t now, int64_t count) {
  if (const int64_t at = now + 12; at < count) {
    __builtin_prefetch(w.rows + actives[at].agent);
    __builtin_prefetch(w.interests + size_t(actives[at].agent) * WIDTH);
  }
  if (const int64_t at = now + 9; at >= 0 && at < count) {
    const uint32_t row = w.rows[actives[at].agent];
    __builtin_prefetch(w.followees + row);
    __builtin_prefetch(w.followees + row + 16);
    __builtin_prefetch(w.affinity + row);
  }
  if (const int64_t at = now + 5; at >= 0 && at < count && actives[at].reads) {
    const int32_t agent = actives[at].agent;
    for (uint32_t e = w.rows[agent]; e < w.rows[agent + 1]; e++)
      __builtin_prefetch(w.ticks + size_t(w.followees[e]) * RING);
  }
}

template <bool TUNED> void Lane<TUNED>::act(int tick) {
  const uint32_t tickKey = mix(w.seed + uint32_t(tick) * GOLDEN);
  made = 0;
  views = likes = reposts = replies = posts = alignment = 0;
  event = w.events + w.eventStart(lane);
  lastEvent = w.events + w.eventStart(lane + 1);
  int64_t active = 0;
  if constexpr (TUNED) {
    scan(tickKey);
    active = int64_t(actives.size());
    for (int64_t now = -12; now < active; now++) {
      prefetch(now, active);
      if (const int64_t at = now + 2; at >= 0 && at < active && actives[at].reads)
        gather(actives[at].agent, tick, stages[at & 7]);
      if (now < 0) continue;
      if (actives[now].reads) read(actives[now], tick, stages[now & 7]);
      else compose(actives[now].agent, actives[now].key);
    }
  } else {
    for (int32_t agent = first; agent < end; agent++) {
      const uint32_t key = mix(tickKey ^ (uint32_t(agent) * AGENT_STEP));
      if (key >= ACTIVE) continue;
      active++;
      if (draw(key, 1) < POSTING) {
        compose(agent, key);
        continue;
      }
      gather(agent, tick, stages[0]);
      read({agent, key, true}, tick, stages[0]);
    }
  }
  totals.made[tick & 1] = made;
  totals.events = int32_t(event - (w.events + w.eventStart(lane)));
  const int64_t all[METRICS] = {active, posts, views, likes, reposts, replies, alignment};
  std::memcpy(totals.metric, all, sizeof all);
}

template <bool TUNED> void Lane<TUNED>::commit(int tick) {
  constexpr int AHEAD = 16;
  const int32_t from = first * RING, until = end * RING;
  for (int q = 0; q < w.lanes; q++) {
    const int32_t *list = w.events + w.eventStart(q);
    const int32_t count = w.totals[q].events;
    for (int32_t k = 0; k < count; k++) {
      if constexpr (TUNED)
        if (k + AHEAD < count) __builtin_prefetch(w.counters + size_t(list[k + AHEAD] >> 2) * 3, 1);
      const int32_t slot = list[k] >> 2;
      if (slot >= from && slot < until) w.counters[size_t(slot) * 3 + (list[k] & 3)]++;
    }
  }
  int32_t *recent = w.recent + size_t(tick & 1) * w.agents + first;
  for (int32_t n = 0; n < made; n++) {
    const int32_t author = w.newAuthors[first + n];
    const int32_t slot = author * RING + w.heads[author];
    w.heads[author] = (w.heads[author] + 1) % RING;
    w.ticks[slot] = int16_t(tick);
    std::memcpy(w.vectors + size_t(slot) * WIDTH, w.newVectors + size_t(first + n) * WIDTH, WIDTH);
    std::memset(w.counters + size_t(slot) * 3, 0, 3 * sizeof(uint32_t));
    recent[n] = slot;
  }
}

struct Outcome {
  uint32_t checksum = 0;
  std::chrono::steady_clock::time_point warm, done;
};

template <bool TUNED> Outcome run(World &world, int ticks) {
  Outcome outcome;
  const auto work = [&](int lane) {
    auto own = std::make_unique<Lane<TUNED>>(world, lane);
    for (int tick = 1; tick <= WARM_UP + ticks; tick++) {
      own->act(tick);
      world.meet();
      own->commit(tick);
      if (lane == 0) {
        for (int m = 0; m < METRICS; m++) {
          int64_t sum = 0;
          for (int q = 0; q < world.lanes; q++) sum += world.totals[q].metric[m];
          outcome.checksum = mix(outcome.checksum ^ uint32_t(sum));
        }
        if (tick == WARM_UP) outcome.warm = std::chrono::steady_clock::now();
      }
      world.meet();
    }
  };
  std::vector<std::thread> others;
  for (int lane = 1; lane < world.lanes; lane++) others.emplace_back(work, lane);
  work(0);
  outcome.done = std::chrono::steady_clock::now();
  for (auto &thread : others) thread.join();
  return outcome;
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 6) return 2;
  const bool tuned = std::string(argv[1]) == "tuned";
  auto world = std::make_unique<World>();
  world->agents = std::atoi(argv[2]);
  const int ticks = std::atoi(argv[3]);
  world->lanes = std::atoi(argv[4]);
  world->seed = uint32_t(std::strtoll(argv[5], nullptr, 10));
  if (world->agents < 1 || ticks < 0 || WARM_UP + ticks > 32000 || world->lanes < 1 || world->lanes > MOST_THREADS) return 2;
  world->found();
  const Outcome outcome = tuned ? run<true>(*world, ticks) : run<false>(*world, ticks);
  struct rusage usage;
  getrusage(RUSAGE_SELF, &usage);
  std::printf("{\"milliseconds\":%.3f,\"checksum\":%u,\"rss_mib\":%ld}\n",
              std::chrono::duration<double, std::milli>(outcome.done - outcome.warm).count(), outcome.checksum,
              usage.ru_maxrss / 1024);
}
