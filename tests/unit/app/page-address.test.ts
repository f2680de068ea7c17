import { describe, expect, test } from 'vitest';
import { builtPageUrl, isOwnPage, isWebLink, pageUrl } from '../../../src/main/app/page-address.ts';

describe('the address of the page', () => {
  test('is the development server’s only in development', () => {
    const env = { ELECTRON_RENDERER_URL: 'http://localhost:5173' };
    expect(pageUrl(false, env)).toBe('http://localhost:5173');
    expect(pageUrl(true, env)).toBe(builtPageUrl);
    expect(pageUrl(false, {})).toBe(builtPageUrl);
  });

  test.each([`${builtPageUrl}assets/index.js`, `${builtPageUrl}?chat=1#end`])('%s is our own', (url) =>
    expect(isOwnPage(url, builtPageUrl)).toBe(true),
  );

  test.each([
    'http://app.alcove.invalid/',
    'https://app.alcove.invalid:8443/',
    'https://app.alcove.invalid.evil.example/',
    'https://evil.example/?https://app.alcove.invalid/',
    'file:///etc/passwd',
    'data:text/html,hello',
    'about:blank',
    '',
  ])('"%s" is not', (url) => expect(isOwnPage(url, builtPageUrl)).toBe(false));

  test('only web links are handed to the system', () => {
    expect(isWebLink('https://example.com/page')).toBe(true);
    expect(isWebLink('http://example.com')).toBe(true);
    for (const url of [
      'file:///etc/passwd',
      'javascript:alert(1)',
      'smb://host/share',
      'ms-settings:',
      'https://',
    ]) {
      expect(isWebLink(url), url).toBe(false);
    }
  });
});
