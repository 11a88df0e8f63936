"""FeedSim as one would write it with Mesa 3: its random numbers are its own, so that it agrees with the model in what
happens, not in checksums.  python3 feedsim_mesa.py AGENTS TICKS SEED
"""

import json
import sys
import time

from mesa import Agent, Model

WARM_UP = 25
AGE_LIMIT = 20


def product(a, b):
    return sum(x * y for x, y in zip(a, b))


class Post:
    __slots__ = ("author", "tick", "topic", "likes", "reposts", "replies")

    def __init__(self, author, tick, topic):
        self.author, self.tick, self.topic = author, tick, topic
        self.likes = self.reposts = self.replies = 0


class Person(Agent):
    def __init__(self, model):
        super().__init__(model)
        self.interests = [2 * self.random.random() - 1 for _ in range(16)]
        self.followees, self.affinity, self.posts = [], {}, []

    def step(self):
        chance, model = self.random.random, self.model
        if chance() >= 0.1:
            return
        model.metrics["active"] += 1
        if chance() < 0.3:
            model.publish(self, [0.75 * x + 0.25 * (2 * chance() - 1) for x in self.interests])
            model.metrics["posts"] += 1
            return
        reposted = False
        for appeal, post, followee in self.timeline() + self.discoveries():
            model.metrics["views"] += 1
            if chance() < 0.05 + appeal / 8:
                post.likes += 1
                model.metrics["likes"] += 1
                if followee is not None:
                    self.affinity[followee] = min(1, self.affinity.get(followee, 0) + 1 / 16)
            if not reposted and chance() < 0.01 + appeal / 32:
                reposted = True
                post.reposts += 1
                model.metrics["reposts"] += 1
                model.publish(self, post.topic)
            if chance() < 0.01 + appeal / 32:
                post.replies += 1
                model.metrics["replies"] += 1

    def timeline(self):
        items = []
        for followee in self.followees:
            for post in followee.posts:
                age = self.model.tick - post.tick
                if age > AGE_LIMIT:
                    continue
                appeal = product(self.interests, post.topic)
                score = (appeal + 0.25 * self.affinity.get(followee, 0)) * (1 - 0.047 * age)
                items.append((score, appeal, post, followee))
        items.sort(key=lambda item: -item[0])
        return [item[1:] for item in items[:8]]

    def discoveries(self):
        recent = self.model.recent
        if not recent:
            return []
        picks = [recent[int(self.random.random() * len(recent))] for _ in range(2)]
        return [(product(self.interests, p.topic), p, None) for p in picks if p.author is not self]


class Network(Model):
    def __init__(self, size, seed):
        super().__init__(seed=seed)
        self.tick, self.recent, self.pending = 0, [], []
        people, targets, chance = list(Person.create_agents(self, size)), [], self.random.random
        for i, person in enumerate(people):
            for _ in range(10 + int(chance() * 21)):
                copies = len(targets) > 64 and chance() < 0.5
                target = targets[int(chance() * len(targets))] if copies else int(chance() * size)
                targets.append((i + 1) % size if target == i else target)
                person.followees.append(people[targets[-1]])

    def publish(self, author, topic):
        self.pending.append(Post(author, self.tick, topic))

    def step(self):
        self.tick += 1
        self.metrics = dict.fromkeys(("active", "posts", "views", "likes", "reposts", "replies"), 0)
        self.agents.do("step")
        self.recent, self.pending = self.pending, []
        for post in self.recent:
            post.author.posts.append(post)
            if len(post.author.posts) > 4:
                post.author.posts.pop(0)


agents, ticks, seed = (int(argument) for argument in sys.argv[1:4])
network = Network(agents, seed)
for _ in range(WARM_UP):
    network.step()
started = time.perf_counter()
for _ in range(ticks):
    network.step()
milliseconds = (time.perf_counter() - started) * 1000
print(json.dumps({"milliseconds": milliseconds, "last": network.metrics}))
