/** A small template; the last argument is its caption. */
export function templateText(
  id: string,
  version = '1.0.0',
  caption = '{{ opening }} from {{ agent.city }}',
): string {
  return `# A template of the tests.
id: ${id}
version: ${version}
title: ${id.replaceAll('_', ' ')}
description: A greeting.
tags: [greeting, ${id.replaceAll('_', '-')}]
default_language: en
variables: [agent.city]
languages:
  en:
    phrases:
      opening: [Hi, Hello, Hey, Good day]
    caption: '${caption}'
    alt_text: A city
    hashtags: ['{{ agent.city }}']
    variations: { count: 2 }
`;
}

/** A small scenario, written from a template. */
export function scenarioText(id: string, template: string, version = '1.0.0'): string {
  return `# A scenario of the tests.
id: ${id}
version: ${version}
title: ${id.replaceAll('_', ' ')}
description: Sixty people who greet.
tags: [small]
population: { gender: unspecified, count: 60, country: MX }
content: { template: ${template} }
ticks: 12
tick_minutes: 60
`;
}
