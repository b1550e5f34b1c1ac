import { describe, expect, test } from '@jest/globals';
import { Channel } from './channel.ts';
import { chooseChannels, isEnabled, isMandatory } from './choose-channels.ts';
import { NotificationType } from './notification-type.ts';
import { TYPE_RULES } from './type-catalogue.ts';

const EVERYWHERE = {
  preferences: new Map<Channel, boolean>(),
  hasPushSubscription: true,
  hasAddress: true,
  addressBounced: false,
};

const off = (...channels: Channel[]) => new Map(channels.map((channel) => [channel, false] as const));

const SECURITY = [
  NotificationType.EMAIL_VERIFICATION,
  NotificationType.REGISTRATION_REPEATED,
  NotificationType.PASSWORD_RESET,
  NotificationType.PASSWORD_CHANGED,
  NotificationType.NEW_SIGN_IN,
];

describe('The channels of a notification', () => {
  test('are all of its type unless somebody chose otherwise', () => {
    expect(chooseChannels(NotificationType.NEW_LEAD, EVERYWHERE)).toEqual(Object.values(Channel));
  });

  test.each(Object.values(NotificationType))('of %s follow the choice of a person, channel by channel', (type) => {
    for (const channel of TYPE_RULES[type].channels) {
      const chosenOff = chooseChannels(type, { ...EVERYWHERE, preferences: off(channel) });
      expect(chosenOff.includes(channel)).toBe(isMandatory(type, channel));
      expect(isEnabled(type, channel, true)).toBe(true);
    }
  });

  test.each(Object.values(NotificationType))('of %s are never one that the type does not have', (type) => {
    const missing = Object.values(Channel).filter((channel) => !TYPE_RULES[type].channels.includes(channel));
    for (const channel of missing) expect(isEnabled(type, channel, true)).toBe(false);
  });

  test('about the safety of the account always include mail, and only those do', () => {
    const mandatory = Object.values(NotificationType).filter((type) => isMandatory(type, Channel.EMAIL));
    expect(mandatory).toEqual(SECURITY);
    for (const type of mandatory) {
      const everythingOff = { ...EVERYWHERE, preferences: off(...Object.values(Channel)) };
      expect(chooseChannels(type, everythingOff)).toEqual([Channel.EMAIL]);
    }
  });

  test('leave out announcements by mail until somebody asks for them', () => {
    expect(chooseChannels(NotificationType.ANNOUNCEMENT, EVERYWHERE)).not.toContain(Channel.EMAIL);
    const wanted = new Map([[Channel.EMAIL, true]]);
    expect(chooseChannels(NotificationType.ANNOUNCEMENT, { ...EVERYWHERE, preferences: wanted })).toContain(
      Channel.EMAIL,
    );
  });

  test('leave out push for somebody without a browser, and mail for somebody without an address', () => {
    const nowhere = { ...EVERYWHERE, hasPushSubscription: false, hasAddress: false };
    expect(chooseChannels(NotificationType.NEW_LEAD, nowhere)).toEqual([Channel.IN_APP]);
  });

  test('leave out mail to an address that bounced, except about the safety of the account', () => {
    const bounced = { ...EVERYWHERE, addressBounced: true };
    expect(chooseChannels(NotificationType.NEW_LEAD, bounced)).not.toContain(Channel.EMAIL);
    expect(chooseChannels(NotificationType.NEW_SIGN_IN, bounced)).toContain(Channel.EMAIL);
  });

  test('are narrowed by a sender, who cannot add any', () => {
    expect(chooseChannels(NotificationType.NEW_LEAD, EVERYWHERE, [Channel.WEB_PUSH])).toEqual([Channel.WEB_PUSH]);
    const unwanted = { ...EVERYWHERE, preferences: off(Channel.WEB_PUSH) };
    expect(chooseChannels(NotificationType.NEW_LEAD, unwanted, [Channel.WEB_PUSH])).toEqual([]);
  });
});
