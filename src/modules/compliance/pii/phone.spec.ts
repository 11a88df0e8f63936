import { allFakers } from '@faker-js/faker';
import { describe, expect, it } from 'vitest';
import { hasCallingCode, isInternational } from './calling-codes.js';
import { findPii } from './index.js';

/** The telephone numbers in a text. */
const phones = (text: string): string[] =>
  findPii(text)
    .filter(({ kind }) => kind === 'phone')
    .map(({ start, end }) => text.slice(start, end));

describe('telephone numbers', () => {
  it.each([
    ['United States', '(415) 555-2671'],
    ['United States', '415-555-2671'],
    ['United States', '415.555.2671'],
    ['United States', '(415)555-2671x4587'],
    ['United States', '+1 415 555 2671 ext. 12'],
    ['United States', '1-800-555-0199'],
    ['from abroad', '001-415-555-2671'],
    ['Great Britain', '020 7946 0018'],
    ['Great Britain', '07700 900123'],
    ['Great Britain', '07700900123'],
    ['Great Britain', '+44 (0)20 7946 0018'],
    ['Germany', '030/1234567'],
    ['Germany', '+49 30 1234567'],
    ['Germany', '(0341) 8387176'],
    ['France', '01.99.00.12.34'],
    ['France', '06 39 98 12 34'],
    ['Spain', '612 345 678'],
    ['Spain', '612 34 56 78'],
    ['Spain', '+34 91 234 56 78'],
    ['Mexico', '55 1234 5678'],
    ['Mexico', '+52 1 55 1234 5678'],
    ['Brazil', '(11) 98765-4321'],
    ['Brazil', '11 98765-4321'],
    ['India', '98765 43210'],
    ['India', '+91-98765-43210'],
    ['Japan', '03-1234-5678'],
    ['Japan', '090-1234-5678'],
    ['Australia', '(02) 5550 1234'],
    ['Australia', '0491 570 156'],
    ['Switzerland', '+41 (0)44 668 18 00'],
    ['Sweden', '+46 (0)8 928 571 38'],
    ['Russia', '8 (912) 345-67-89'],
    ['China', '138 0013 8000'],
  ])('finds one of %s: %s', (_, number) => {
    expect(phones(`so ${number}, ok`)).toEqual([number]);
    expect(phones(number)).toEqual([number]);
  });

  it.each([
    ['Phone:\n467 3395', '467 3395'],
    ['Mi cel 5512345678', '5512345678'],
    ["They're not answering at 9472 7916", '9472 7916'],
    ['416 60 039 office', '416 60 039'],
    ['60-56-85-91 -Fax', '60-56-85-91'],
    ['电话13800138000', '13800138000'],
    ['https://wa.me/5215512345678', '5215512345678'],
    ['мой телефон 8 912 345 67 89', '8 912 345 67 89'],
    ['call 5 5 5 0 1 0 0', '5 5 5 0 1 0 0'],
  ])('finds a number that only its surroundings tell in %j', (text, number) => {
    expect(phones(text)).toEqual([number]);
  });

  it.each([
    ['４１５－５５５－２６７１', '４１５－５５５－２６７１'],
    ['+34\u200b 612\u200d 345 678', '+34\u200b 612\u200d 345 678'],
    ['+٣٤ ٦١٢ ٣٤٥ ٦٧٨', '+٣٤ ٦١٢ ٣٤٥ ٦٧٨'],
    ['4\ufe0f\u20e31\ufe0f\u20e35\ufe0f\u20e3-555-2671', '4\ufe0f\u20e31\ufe0f\u20e35\ufe0f\u20e3-555-2671'],
    ['(415)\u00a0555–2671', '(415)\u00a0555–2671'],
  ])('finds a disguised number in %j', (text, number) => {
    expect(phones(text)).toEqual([number]);
  });

  it('tells two numbers in a row apart', () => {
    expect(phones('0612345678 0698765432')).toEqual(['0612345678', '0698765432']);
    expect(phones('415-555-2671, 415-555-2672')).toEqual(['415-555-2671', '415-555-2672']);
    expect(phones('Phone: 555 0100, order 12345678')).toEqual(['555 0100']);
  });

  it.each([
    'on 2024-10-05 12:30:45, 05/10/2024, 01.02.2024, 10-12-2015 14:30',
    '2024-10-05T12:30:45.123456Z and 20241005T123045',
    'between 1998 and 2014, the 2015-2016 season',
    'price $1,234,567 or 1 234 567 € or 1.234.567,89 or 12 345 678 pesos',
    'order 1234567890, invoice #415-555-2671, ref. 020 7946 0018',
    '40.712776, -74.005974',
    'version 10.15.7 build 123456789',
    'agent 1d3f0a52-0000-4000-8000-012345678901',
    '4111 1111 1111 1112',
    'ISBN 978-3-16-148410-0',
    'tracking 9400 1000 0000 0000 0000 00',
    'timestamp 1700000000 in row 123456789',
    'Boston, MA 02134-1234',
    '1 2 3 4 5 6 7 8 9 10 11 12',
    '700 000 000 stars, 123 456 789 views',
    'Wall 12, line 3, 10x4 m, 250 spray cans, +100 colours',
    'scored 0.9472 7916 times, 99.5% of 12345678',
    '192.168.100.200 and 1.2.3.4.5.6.7',
  ])('finds none in %s', (text) => {
    expect(phones(text)).toEqual([]);
  });

  /** Carriers as people write them; the first two say that a number is one. */
  const CARRIERS: readonly ((number: string) => string)[] = [
    (number) => `Can someone call me on ${number}? I have some questions.`,
    (number) => `Phone: ${number}`,
    (number) => `escríbeme, es ${number} y hablamos`,
  ];

  it.each([
    'en_US',
    'en_GB',
    'de',
    'fr',
    'es',
    'pt_BR',
    'en_IN',
    'ja',
    'en_AU',
    'en_CA',
    'ru',
    'pl',
    'nl',
  ] as const)('finds at least 85 of 100 generated numbers of %s in each carrier', (locale) => {
    const faker = allFakers[locale];
    faker.seed(20);
    const numbers = Array.from({ length: 150 }, (_, index) =>
      faker.phone.number({ style: (['human', 'national', 'international'] as const)[index % 3] ?? 'human' }),
    );
    for (const carrier of CARRIERS) {
      const found = numbers.filter((number) => phones(carrier(number)).includes(number));
      expect(found.length / numbers.length).toBeGreaterThanOrEqual(0.85);
    }
  });

  it.each(['es_MX', 'it', 'nb_NO', 'da', 'sv', 'el', 'zh_CN', 'vi'] as const)(
    'finds at least 85 of 100 generated numbers of %s where the words say what they are',
    (locale) => {
      const faker = allFakers[locale];
      faker.seed(20);
      const numbers = Array.from({ length: 150 }, () => faker.phone.number({ style: 'human' }));
      for (const carrier of CARRIERS.slice(0, 2)) {
        const found = numbers.filter((number) => phones(carrier(number)).includes(number));
        expect(found.length / numbers.length).toBeGreaterThanOrEqual(0.85);
      }
    },
  );
});

describe('calling codes', () => {
  it('asks for as many digits as a country has', () => {
    expect(isInternational('14155552671')).toBe(true);
    expect(isInternational('1415555267')).toBe(false);
    expect(isInternational('34612345678')).toBe(true);
    expect(isInternational('346123456789')).toBe(false);
    expect(isInternational('999123456789')).toBe(false);
    expect(hasCallingCode('35812345')).toBe(true);
    expect(hasCallingCode('0415555')).toBe(false);
  });
});
