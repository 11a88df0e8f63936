import { describe, expect, it } from 'vitest';
import {
  hasCurpForm,
  hasRfcForm,
  ibanLength,
  isBech32,
  isCardNumber,
  isCnpj,
  isCpf,
  isIban,
  isItin,
  isRoutingNumber,
  isSpanishId,
  isSsn,
  meetsCurpCheck,
  meetsLuhn,
  meetsRfcCheck,
} from './checksums.js';

/** The values that a check takes when one digit of a valid value is any digit. */
function variants(value: string, place: number): string[] {
  return Array.from(
    { length: 10 },
    (_, digit) => value.slice(0, place) + String(digit) + value.slice(place + 1),
  );
}

describe('check digits', () => {
  it.each([
    ['Luhn', meetsLuhn, '4111111111111111', 15],
    ['IBAN', isIban, 'DE89370400440532013000', 21],
    ['routing number', isRoutingNumber, '021000021', 8],
    ['CPF', isCpf, '52998224725', 10],
    ['CNPJ', isCnpj, '11222333000181', 13],
    ['CURP', meetsCurpCheck, 'hegg560427mvzrrl04', 17],
  ])('of a %s is the only one taken', (_, check, valid, place) => {
    expect(variants(valid, place).filter((value) => check(value))).toEqual([valid]);
  });

  it.each([
    ['Luhn', meetsLuhn, '4111111111111111'],
    ['IBAN', isIban, 'GB82WEST12345698765432'],
    ['routing number', isRoutingNumber, '021000021'],
    ['CPF', isCpf, '52998224725'],
    ['CNPJ', isCnpj, '11222333000181'],
  ])('of a %s notices any wrong digit', (_, check, valid) => {
    for (let place = 0; place < valid.length; place += 1) {
      if (!/[0-9]/u.test(valid.charAt(place))) continue;
      expect(variants(valid, place).filter((value) => check(value))).toEqual([valid]);
    }
  });
});

describe('payment cards', () => {
  it.each([
    '4111111111111111',
    '4222222222222',
    '5555555555554444',
    '2223003122003222',
    '378282246310005',
    '30569309025904',
    '6011111111111117',
    '3530111333300000',
    '6304000000000000',
    '4111 1111-1111 1111',
  ])('takes %s', (card) => expect(isCardNumber(card)).toBe(true));

  it.each([
    ['0000000000000000', 'is all one digit'],
    ['1234567812345670', 'meets Luhn without an issuer'],
    ['41111111111111', 'has a length that Visa does not use'],
    ['4111111111111112', 'fails Luhn'],
  ])('refuses %s, which %s', (card) => expect(isCardNumber(card)).toBe(false));
});

describe('bank accounts', () => {
  it.each([
    'GB82 WEST 1234 5698 7654 32',
    'es9121000418450200051332',
    'NO93 8601 1117 947',
    'FR14 2004 1010 0505 0001 3M02 606',
  ])('takes %s', (iban) => expect(isIban(iban)).toBe(true));

  it('refuses a country without IBANs and a length that is not the country’s', () => {
    expect(ibanLength('us')).toBeUndefined();
    expect(isIban('US64SVBKUS6S3300958879')).toBe(false);
    expect(isIban('GB82WEST123456987654321')).toBe(false);
  });

  it('refuses a routing number of no district', () => {
    expect(isRoutingNumber('000000000')).toBe(false);
    expect(isRoutingNumber('990000006')).toBe(false);
  });
});

describe('national ids', () => {
  it('takes a DNI and a NIE by their letter', () => {
    expect(isSpanishId('12345678z')).toBe(true);
    expect(isSpanishId('x1234567l')).toBe(true);
    const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
    expect(letters.filter((letter) => isSpanishId(`12345678${letter}`))).toEqual(['z']);
    expect(letters.filter((letter) => isSpanishId(`y1234567${letter}`))).toEqual(['x']);
  });

  it('takes the form of a CURP with a real date and state only', () => {
    expect(hasCurpForm('hegg560427mvzrrl04')).toBe(true);
    expect(hasCurpForm('hegg561327mvzrrl04')).toBe(false);
    expect(hasCurpForm('hegg560427mxxrrl04')).toBe(false);
    expect(hasCurpForm('hegg560427wvzrrl04')).toBe(false);
  });

  it('takes the RFC of a person and of a company', () => {
    expect(hasRfcForm('gode561231gr8')).toBe(true);
    expect(meetsRfcCheck('gode561231gr8')).toBe(true);
    expect(meetsRfcCheck('gode561231gr7')).toBe(false);
    expect(hasRfcForm('gode561331gr8')).toBe(false);
    expect(hasRfcForm('sat970701nn3')).toBe(true);
    expect(meetsRfcCheck('sat970701nn3')).toBe(true);
  });

  it('takes a CNPJ with letters', () => {
    expect(isCnpj('12ABC34501DE35')).toBe(true);
    expect(isCnpj('12ABC34501DE36')).toBe(false);
  });

  it('tells a social security number from a taxpayer number and from neither', () => {
    expect(
      ['123456789', '000456789', '666456789', '900456789', '123006789', '123450000'].filter(isSsn),
    ).toEqual(['123456789']);
    expect(['900701234', '912931234', '999491234', '123701234'].filter(isItin)).toEqual(['900701234']);
  });
});

describe('wallets', () => {
  it('takes the Bech32 addresses of BIP 173 and 350, and notices a wrong character', () => {
    expect(isBech32('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4')).toBe(true);
    expect(isBech32('bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0')).toBe(true);
    expect(isBech32('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5')).toBe(false);
    expect(isBech32('bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3tb')).toBe(false);
  });
});
