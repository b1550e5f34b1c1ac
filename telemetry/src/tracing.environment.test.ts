import { describe, expect, it } from '@jest/globals';
import { tracingEnvironment, tracingSettings } from './tracing.environment.ts';

const settingsFrom = (variables: Record<string, string>) => tracingSettings(tracingEnvironment.parse(variables));

describe('Traces', () => {
  it('go nowhere unless told', () => {
    expect(settingsFrom({})).toBeUndefined();
  });

  it.each([
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger:4318' }, 'http://jaeger:4318/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector/otlp/' }, 'https://collector/otlp/v1/traces'],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://here/traces' }, 'http://here/traces'],
    [
      { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://all', OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://traces' },
      'http://traces',
    ],
  ])('go where %j says', (variables, endpoint) => {
    expect(settingsFrom(variables)).toEqual({ endpoint, ratio: 1 });
  });

  it('are told of a part of the requests', () => {
    const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://jaeger:4318' };
    expect(settingsFrom({ ...endpoint, OTEL_TRACES_SAMPLER_ARG: '0.1' })).toMatchObject({ ratio: 0.1 });
    expect(() => settingsFrom({ ...endpoint, OTEL_TRACES_SAMPLER_ARG: '2' })).toThrow('expected number to be <=1');
    expect(() => settingsFrom({ OTEL_EXPORTER_OTLP_ENDPOINT: 'jaeger:4318' })).toThrow('must be a URL');
  });
});
