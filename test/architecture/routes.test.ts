import type { DynamicModule, Type } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PUBLIC_ROUTE, REQUIRED_PERMISSION } from '../../src/core/http/index.js';
import { loadConfig } from '../../src/core/config/index.js';
import { Metrics } from '../../src/core/metrics/index.js';
import { PROJECT_ROOT } from '../../src/core/project.js';
import { FEATURES } from '../../src/features.js';
import { ObservabilityModule } from '../../src/modules/observability/index.js';

type ModuleRef = Type | DynamicModule;

/** Every controller below a module. */
function controllers(module: ModuleRef, seen = new Set<unknown>()): Type[] {
  if (seen.has(module)) return [];
  seen.add(module);
  const type = 'module' in module ? module.module : module;
  const read = (key: string): Type[] => (Reflect.getMetadata(key, type) as Type[] | undefined) ?? [];
  const listed = 'module' in module ? (module.controllers ?? []) : [];
  const imports: ModuleRef[] = [
    ...read('imports'),
    ...('module' in module ? ((module.imports ?? []) as ModuleRef[]) : []),
  ];
  return [...read('controllers'), ...listed, ...imports.flatMap((each) => controllers(each, seen))];
}

const observability = ['true', 'false'].map((open) =>
  ObservabilityModule.register(loadConfig({ ENABLE_PUBLIC_METRICS: open }, '/'), new Metrics()),
);
const features = FEATURES.flatMap(({ http }) => http ?? []);
const found = [...features, ...observability].flatMap((module) => controllers(module));
const routes = found.flatMap((controller) => {
  const prototype = controller.prototype as Record<string, unknown>;
  return Object.getOwnPropertyNames(prototype)
    .filter((method) => method !== 'constructor')
    .map((method) => ({ name: `${controller.name}.${method}`, handler: prototype[method], controller }))
    .filter(({ handler }) => typeof handler === 'function' && Reflect.hasMetadata('path', handler));
});

describe('every route', () => {
  it('is found by this test', () => {
    expect(routes.map((route) => route.name)).toContain('HealthController.ready');
    expect(routes.map((route) => route.name)).toContain('MetricsController.index');
    expect(routes.map((route) => route.name)).toContain('JobsController.get');
  });

  it('that is asked by GET is for reading', () => {
    const table = readFileSync(join(PROJECT_ROOT, 'docs/security/permissions.md'), 'utf8');
    const asked = [...table.matchAll(/^\| (GET) (\S+) +\| `([^`]+)`/gm)].map(([, , path, what]) => [
      path,
      what,
    ]);
    expect(asked.length).toBeGreaterThan(40);
    const others = asked.filter(([, what]) => !/:read$|^(?:any|session|identified|public)$/.test(what ?? ''));
    expect(others).toEqual([]);
  });

  it.each(routes)('$name says who may call it', ({ handler, controller }) => {
    const says = [PUBLIC_ROUTE, REQUIRED_PERMISSION].filter(
      (key) => Reflect.hasMetadata(key, handler as object) || Reflect.hasMetadata(key, controller),
    );
    expect(says).toHaveLength(1);
  });
});
