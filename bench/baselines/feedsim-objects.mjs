// FeedSim as one would first write it in JavaScript: agents and posts are objects, ranking sorts an array. Its random numbers are
// its own, so that it agrees with the model in what happens, not in checksums.
//   node feedsim-objects.mjs AGENTS TICKS SEED
const [agents, ticks, seed] = process.argv.slice(2).map(Number);
const WARM_UP = 25;
const AGE_LIMIT = 20;

let state = seed | 0;
/** Mulberry32. */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let x = Math.imul(state ^ (state >>> 15), 1 | state);
  x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
  return ((x ^ (x >>> 14)) >>> 0) / 4294967296;
}

function product(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i] * b[i];
  return sum;
}

class Post {
  likes = 0;
  reposts = 0;
  replies = 0;

  constructor(author, tick, topic) {
    this.author = author;
    this.tick = tick;
    this.topic = topic;
  }
}

class Agent {
  interests = Array.from({ length: 16 }, () => random() * 2 - 1);
  followees = [];
  affinity = new Map();
  posts = [];

  act(network) {
    if (random() >= 0.1) return;
    network.metrics.active += 1;
    if (random() < 0.3) {
      network.publish(
        this,
        this.interests.map((interest) => 0.75 * interest + 0.25 * (random() * 2 - 1)),
      );
      network.metrics.posts += 1;
      return;
    }
    let reposted = false;
    for (const { post, appeal, followee } of [...this.timeline(network.tick), ...this.discoveries(network)]) {
      network.metrics.views += 1;
      if (random() < 0.05 + appeal / 8) {
        post.likes += 1;
        network.metrics.likes += 1;
        if (followee) this.affinity.set(followee, Math.min(1, (this.affinity.get(followee) ?? 0) + 1 / 16));
      }
      if (!reposted && random() < 0.01 + appeal / 32) {
        reposted = true;
        post.reposts += 1;
        network.metrics.reposts += 1;
        network.publish(this, post.topic);
      }
      if (random() < 0.01 + appeal / 32) {
        post.replies += 1;
        network.metrics.replies += 1;
      }
    }
  }

  timeline(tick) {
    const items = [];
    for (const followee of this.followees) {
      for (const post of followee.posts) {
        const age = tick - post.tick;
        if (age > AGE_LIMIT) continue;
        const appeal = product(this.interests, post.topic);
        const score = (appeal + 0.25 * (this.affinity.get(followee) ?? 0)) * (1 - 0.047 * age);
        items.push({ post, appeal, followee, score });
      }
    }
    // oxlint-disable-next-line unicorn/no-array-sort -- the list is this method's own, and a copy would only slow the baseline down
    return items.sort((a, b) => b.score - a.score).slice(0, 8);
  }

  discoveries({ recent }) {
    if (recent.length === 0) return [];
    return [0, 1]
      .map(() => recent[Math.floor(random() * recent.length)])
      .filter((post) => post.author !== this)
      .map((post) => ({ post, appeal: product(this.interests, post.topic), followee: null }));
  }
}

class Network {
  tick = 0;
  recent = [];
  pending = [];
  agents = Array.from({ length: agents }, () => new Agent());

  constructor() {
    const targets = [];
    for (const [i, agent] of this.agents.entries()) {
      for (let left = 10 + Math.floor(random() * 21); left > 0; left -= 1) {
        const copies = targets.length > 64 && random() < 0.5;
        const target = copies
          ? targets[Math.floor(random() * targets.length)]
          : Math.floor(random() * this.agents.length);
        targets.push(target === i ? (i + 1) % this.agents.length : target);
        agent.followees.push(this.agents[targets.at(-1)]);
      }
    }
  }

  publish(author, topic) {
    this.pending.push(new Post(author, this.tick, topic));
  }

  step() {
    this.tick += 1;
    this.metrics = { active: 0, posts: 0, views: 0, likes: 0, reposts: 0, replies: 0 };
    for (const agent of this.agents) agent.act(this);
    this.recent = this.pending;
    this.pending = [];
    for (const post of this.recent) {
      post.author.posts.push(post);
      if (post.author.posts.length > 4) post.author.posts.shift();
    }
  }
}

const network = new Network();
for (let tick = 0; tick < WARM_UP; tick += 1) network.step();
const started = performance.now();
for (let tick = 0; tick < ticks; tick += 1) network.step();
const milliseconds = performance.now() - started;
process.stdout.write(`${JSON.stringify({ milliseconds, last: network.metrics })}\n`);
