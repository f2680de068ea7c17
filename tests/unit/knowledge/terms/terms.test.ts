import { describe, expect, it } from 'vitest';
import { indexTerms, queryTerms } from '../../../../src/main/knowledge/terms/terms.ts';

describe('indexTerms', () => {
  it.each([
    [
      'splits camelCase, acronyms and digits and keeps the whole',
      'parseHTTPResponse2xx',
      'pars http respons 2 xx parsehttpresponse2xx',
    ],
    ['splits snake_case and dunder names', '__get_user_name__', 'get user name getusernam'],
    ['keeps a single word without a second form', 'Response', 'respons'],
    ['splits words at punctuation', 'a.b-c/index.ts, (total)', 'b c index ts total'],
    ['drops stop words and the tails of contractions', "it's what we don't do in the house", 'hous'],
    [
      'stems English so that forms of a word meet',
      'indexing indexed indexes index',
      'index index index index',
    ],
    ['keeps numbers', 'RFC 2616 in 1999', 'rfc 2616 1999'],
    ['folds accents of Latin letters', 'Café naïve Ångström Łódź Straße', 'cafe naiv angstrom lodz strass'],
    ['folds ligatures and full width letters', 'ﬁle ＡＢＣ', 'file abc'],
    [
      'joins words around a soft hyphen and zero-width marks',
      'data\u00adbase zero\u200bwidth',
      'databas zerowidth',
    ],
    ['keeps marks of scripts where they are letters', 'Йод ёлка', 'йод ёлка'],
    ['takes Chinese as pairs of characters', '数据库 中', '数据 据库 中'],
    ['takes Japanese and Thai as pairs', 'データ ภาษ', 'デー ータ ภา าษ'],
    ['keeps Hangul and Greek words', '데이터 Λόγος', '데이터 λόγος'],
    ['finds words between scripts', 'SQL数据base', 'sql 数据 base'],
    ['ignores emoji and lone surrogates', 'good \u{1f600} bad\ud800word', 'good bad word'],
    ['gives nothing for nothing', ' \n\u0000 --- ', ''],
  ])('%s', (_name, text, terms) => {
    expect(indexTerms(text)).toBe(terms);
  });

  it('skips encoded bytes that nobody would type', () => {
    expect(indexTerms(`key ${'a'.repeat(65)} end`)).toBe('kei end');
    expect(indexTerms('z'.repeat(1_000_000))).toBe('');
  });

  it('gives only letters, marks and digits with single spaces between', () => {
    const every = Array.from({ length: 0x3000 }, (_, code) => `x${String.fromCodePoint(code)}Yz`).join(' ');
    const terms = indexTerms(every);
    expect(terms).toMatch(/^[\p{L}\p{M}\p{N}]+(?: [\p{L}\p{M}\p{N}]+)*$/u);
    expect(terms).not.toMatch(/[A-Z]/);
  });

  it('gives the same terms again when its caches have been filled by other words', () => {
    const before = indexTerms('someIdentifier running');
    for (let at = 0; at < 70_000; at++) indexTerms(`word${at.toString(36)}Name`);
    expect(indexTerms('someIdentifier running')).toBe(before);
  });
});

describe('queryTerms', () => {
  it('gives each term once, in the order of the query', () => {
    expect(queryTerms('read files and reading a file')).toEqual(['read', 'file']);
  });

  it('meets the identifier it describes', () => {
    const indexed = indexTerms('def getUserNames(self):').split(' ');
    for (const query of ['user name', 'get_user_names', 'getUserNames', 'getusernames', 'USER NAMES']) {
      expect(queryTerms(query).some((term) => indexed.includes(term))).toBe(true);
    }
    expect(indexed).toEqual(expect.arrayContaining(queryTerms('get_user_names')));
  });

  it('keeps stop words when the query has nothing else', () => {
    expect(queryTerms('To be or not to be')).toEqual(['not']);
    expect(queryTerms('who is this')).toEqual(['who', 'is', 'this']);
  });

  it('gives nothing for a query without letters', () => {
    expect(queryTerms('?! 🙂')).toEqual([]);
  });
});
