import { describe, expect, jest, test } from '@jest/globals';
import Handlebars from 'handlebars';
import { renderTemplate } from './render-template.ts';
import { TemplateFormatter } from './template-formatter.ts';
import { TemplateFault } from './template-source.ts';
import { dateTime, integer, list, money, optional, text } from './variable.schema.ts';

const SCHEMA = {
  name: text(),
  note: optional(text()),
  link: optional(text()),
  at: optional(dateTime()),
  price: optional(money()),
  count: optional(integer()),
  items: optional(list({ title: text() })),
};

function render(source: string, values: Record<string, unknown> = {}, locale = 'en', timeZone = 'UTC') {
  const rendering = {
    schema: SCHEMA,
    values: { name: 'Ada', ...values },
    formatter: new TemplateFormatter(locale, timeZone),
  };
  return renderTemplate({ subject: 's', text: source, html: source }, rendering);
}

describe('A template', () => {
  test('escapes values in HTML and leaves them as they are in plain text', () => {
    const { html, text: plain } = render('{{name}}', { name: `<script>alert("x")</script> & 'y'` });
    expect(html).toBe('&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#x27;y&#x27;');
    expect(plain).toBe(`<script>alert("x")</script> & 'y'`);
  });

  test('cannot be broken out of an attribute', () => {
    const { html } = render('<a href="{{link}}">', { link: 'https://x.test/"onmouseover="alert(1)' });
    expect(html).toBe('<a href="https://x.test/&quot;onmouseover&#x3D;&quot;alert(1)">');
  });

  test('does not run what a value contains', () => {
    expect(render('{{name}}', { name: '{{link}}', link: 'secret' }).text).toBe('{{link}}');
  });

  test('keeps a subject in one line, so that nobody adds headers to a mail', () => {
    const rendering = {
      schema: SCHEMA,
      values: { name: 'Ada\r\nBcc: eve@evil.test' },
      formatter: new TemplateFormatter('en', 'UTC'),
    };
    expect(renderTemplate({ subject: 'Hi {{name}}', text: 'x' }, rendering).subject).toBe('Hi Ada Bcc: eve@evil.test');
  });

  test('shows nothing for what is optional and absent', () => {
    expect(render('[{{note}}]{{#if note}}yes{{else}}no{{/if}}{{dateTime at}}').text).toBe('[]no');
  });

  test('writes dates, amounts and numbers as the recipient does', () => {
    const values = { at: '2026-03-29T01:30:00Z', price: { amount: 123456, currency: 'CHF' }, count: 1234567 };
    const german = render('{{dateTime at}} | {{money price}} | {{integer count}}', values, 'de', 'Europe/Zurich').text;
    expect(german.replaceAll(/\s/g, ' ')).toBe('29. März 2026 um 03:30 | 1.234,56 CHF | 1.234.567');
  });

  test('knows that the yen has no minor unit', () => {
    expect(render('{{money price}}', { price: { amount: 500, currency: 'JPY' } }).text).toBe('¥500');
  });

  test('repeats a block for each element of a list', () => {
    const items = [{ title: '<a>' }, { title: 'b' }];
    expect(render('{{#each items}}[{{title}}]{{/each}}', { items }).html).toBe('[&lt;a&gt;][b]');
  });

  test('is parsed once, however many it is filled in for, and checked for each', () => {
    const parse = jest.spyOn(Handlebars, 'parse');
    const source = 'Dear {{name}}, once';
    expect(['Ada', 'Grace', 'Hedy'].map((name) => render(source, { name }).text)).toEqual([
      'Dear Ada, once',
      'Dear Grace, once',
      'Dear Hedy, once',
    ]);
    // As plain text and as HTML, which are compiled apart.
    expect(parse.mock.calls.filter(([given]) => given === source)).toHaveLength(2);
    parse.mockRestore();
    const elsewhere = { schema: { other: text() }, values: {}, formatter: new TemplateFormatter('en', 'UTC') };
    expect(() => renderTemplate({ subject: 's', text: source }, elsewhere)).toThrow(TemplateFault);
  });

  test.each([
    ['triple braces', '{{{name}}}'],
    ['an ampersand', '{{&name}}'],
    ['an undeclared variable', '{{secret}}'],
    ['the prototype', '{{constructor}}'],
    ['the prototype of a value', '{{name.constructor}}'],
    ['a lookup', '{{lookup name "constructor"}}'],
    ['an undeclared variable in a branch that is not taken', '{{#if note}}{{secret}}{{/if}}'],
    ['a partial', '{{> other}}'],
    ['a decorator', '{{* other}}'],
    ['an unknown helper', '{{log name}}'],
    ['an unknown block', '{{#with name}}x{{/with}}'],
    ['the root of the data', '{{@root.name}}'],
    ['a parent context', '{{#each items}}{{../name}}{{/each}}'],
    ['a helper named like an inherited property', '{{toString name}}'],
    ['an unclosed block', '{{#if note}}'],
    ['a date without its helper', '{{at}}'],
    ['a list without a block', '{{items}}'],
    ['a number where a date is meant', '{{dateTime count}}'],
  ])('is refused when it has %s', (_, source) => {
    expect(() => render(source)).toThrow(TemplateFault);
  });

  test('is refused when its subject would be empty', () => {
    const rendering = { schema: SCHEMA, values: {}, formatter: new TemplateFormatter('en', 'UTC') };
    expect(() => renderTemplate({ subject: '{{note}}', text: 'x' }, rendering)).toThrow(TemplateFault);
  });
});
