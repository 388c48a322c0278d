import { describe, expect, test } from 'vitest';
import { DEFAULT_POLICY } from '../../../src/domain/events.ts';
import {
  findMutation,
  MUTATION_NAMES,
  MUTATIONS,
  prepareMutation,
  runMutation,
} from '../../../src/mutations/registry.ts';
import { ANA, C1, eventId, minute, Story } from '../../support/domain/history.ts';
import { Office, onlyNamed, openStory } from '../../support/mutations/office.ts';

const CONTEXT = {
  now: minute(9),
  actor: { id: ANA, role: 'agent' },
  eventId: eventId('z-1'),
  arrival: 9,
  policy: DEFAULT_POLICY,
} as const;

describe('the registry', () => {
  test('[Y14] holds these names; one that leaves is never used again', () => {
    expect([...MUTATION_NAMES].sort()).toEqual([
      'address.set',
      'conversation.assign',
      'conversation.close',
      'conversation.follow',
      'conversation.markRead',
      'conversation.markUnread',
      'conversation.reopen',
      'conversation.setDescription',
      'conversation.setPriority',
      'conversation.snooze',
      'conversation.take',
      'conversation.takeOver',
      'conversation.undoClose',
      'conversation.undoReopen',
      'conversation.unfollow',
      'conversation.wake',
      'export.record',
      'field.archive',
      'field.define',
      'field.delete',
      'field.move',
      'field.restore',
      'field.setName',
      'message.send',
      'noop',
      'note.add',
      'profile.set',
      'review.assignCoaching',
      'review.setVerdict',
      'segment.delete',
      'segment.save',
      'settings.setAttribution',
      'settings.setBlockReplies',
      'settings.setExports',
      'settings.setHours',
      'settings.setIdleWindow',
      'settings.setLanguage',
      'settings.setScope',
      'settings.setTimingPolicy',
      'settings.setZone',
      'survey.delete',
      'survey.move',
      'survey.save',
      'survey.setOn',
      'tag.add',
      'tag.remove',
      'view.delete',
      'view.save',
      'visibility.setDefault',
      'visibility.setOwn',
    ]);
  });

  test('[Y2] lists each mutation under its own wire name', () => {
    for (const [name, mutation] of Object.entries(MUTATIONS)) expect(mutation.name).toBe(name);
  });

  test('every mutation says who may call it', () => {
    for (const mutation of Object.values(MUTATIONS))
      expect(['agent', 'lead', 'admin']).toContain(mutation.role);
  });

  test('finds by name, and nothing by an inherited one', () => {
    expect(findMutation('tag.add')).toBe(MUTATIONS['tag.add']);
    expect(findMutation('toString')).toBeNull();
    expect(findMutation('__proto__')).toBeNull();
    expect(findMutation('')).toBeNull();
  });
});

describe('preparing a call', () => {
  test('[Y4] an unknown name is a refusal that names it', () => {
    expect(prepareMutation('conversation.explode', {})).toEqual({
      ok: false,
      error: { type: 'unknownMutation', detail: { name: 'conversation.explode' } },
    });
  });

  test('[Y4] wrong arguments are a refusal with the first wrong place', () => {
    expect(prepareMutation('tag.add', { conversationId: C1 })).toEqual({
      ok: false,
      error: { type: 'invalidArguments', detail: { path: 'tag' } },
    });
    expect(prepareMutation('tag.add', null)).toEqual({
      ok: false,
      error: { type: 'invalidArguments', detail: { path: '' } },
    });
  });

  test('[Y2] says what it reads before it runs', () => {
    const prepared = prepareMutation('conversation.assign', { conversationId: C1, assigneeId: 'bo' });
    if (!prepared.ok) throw new Error('refused');
    expect(prepared.value.reads(ANA)).toEqual({ conversations: [C1], agents: ['bo'] });
    for (const [name, args] of [
      ['conversation.assign', { conversationId: C1, assigneeId: null }],
      ['review.assignCoaching', { conversationId: C1, coachId: null }],
    ] as const) {
      const ofNobody = prepareMutation(name, args);
      expect(ofNobody.ok && ofNobody.value.reads(ANA).agents).toEqual([]);
    }
    expect(prepared.value.mutation.name).toBe('conversation.assign');
    expect(prepared.value.args).toEqual({ conversationId: C1, assigneeId: 'bo' });
  });

  test('[Y2] reads its own read marker and the message it would write', () => {
    const args = { conversationId: C1, messageId: 'n1', text: 'x', writtenAt: 0 };
    const prepared = prepareMutation('note.add', args);
    if (!prepared.ok) throw new Error('refused');
    expect(prepared.value.reads(ANA)).toEqual({
      conversations: [C1],
      messages: ['n1'],
      readMarkers: [[ANA, C1]],
    });
  });

  test('arguments that no mutation knows are left out', () => {
    const prepared = prepareMutation('conversation.take', { conversationId: C1, extra: 'x' });
    if (!prepared.ok) throw new Error('refused');
    expect(prepared.value.args).toEqual({ conversationId: C1 });
  });
});

describe('running a call', () => {
  const office = (): Office => new Office(openStory());

  test('[Y2] loads what the mutation reads and answers its changes', () => {
    const { model } = office();
    const ran = runMutation(
      'conversation.setPriority',
      { conversationId: C1, priority: 'high' },
      (reads) => onlyNamed(model, reads),
      CONTEXT,
    );
    expect(ran.ok && ran.value.map((change) => change.table)).toEqual(['conversation', 'history']);
  });

  test('[Y4] a call that is wrong in form loads nothing', () => {
    const load = (): never => {
      throw new Error('loaded');
    };
    expect(runMutation('nothing', {}, load, CONTEXT)).toMatchObject({ error: { type: 'unknownMutation' } });
    expect(runMutation('tag.add', {}, load, CONTEXT)).toMatchObject({ error: { type: 'invalidArguments' } });
  });

  test('[Y12] noop reads nothing and does nothing', () => {
    const prepared = prepareMutation('noop', {});
    if (!prepared.ok) throw new Error('refused');
    const rows = onlyNamed(office().model, { conversations: [] });
    expect(prepared.value.reads(ANA)).toEqual({ conversations: [] });
    expect(prepared.value.run(rows, CONTEXT)).toEqual({ ok: true, value: [] });
    expect(prepared.value.inverse(rows, ANA)).toBeNull();
  });

  test('[I8] the same rows and context give the same changes', () => {
    const args = { conversationId: C1, tag: 'vip' };
    const run = (): unknown => runMutation('tag.add', args, () => office().model, CONTEXT);
    expect(run()).toEqual(run());
  });

  test('[S3] a mutation meets the conversation as time has left it', () => {
    const { model } = new Office(new Story().customer(1).ai(2));
    const late = { ...CONTEXT, now: minute(60 * 60) };
    const ran = runMutation(
      'conversation.setPriority',
      { conversationId: C1, priority: 'low' },
      () => model,
      late,
    );
    const row = ran.ok ? ran.value.find((change) => change.table === 'conversation') : undefined;
    expect(row).toMatchObject({ row: { aiOutcome: 'resolvedByAi', priority: 'low' } });
  });
});

describe('the moment a mutation counts', () => {
  const at = (minutes: number, id: string, story: Story): number | undefined => {
    const { model } = new Office(story);
    const context = { ...CONTEXT, now: minute(minutes), eventId: eventId(id) };
    const ran = runMutation(
      'conversation.setPriority',
      { conversationId: C1, priority: 'low' },
      () => model,
      context,
    );
    const history = ran.ok ? ran.value.find((change) => change.table === 'history') : undefined;
    return history?.op === 'put' && history.table === 'history' ? history.row.at : undefined;
  };

  test('[T8] is when it is received', () => {
    expect(at(9, 'z', openStory())).toBe(minute(9));
  });

  test('[T8] is never before what the conversation has folded: a clock set back orders nothing', () => {
    expect(at(-600, 'z', openStory())).toBe(minute(2));
    expect(at(-600, 'a', openStory())).toBe(minute(2) + 1);
    expect(at(2, 'a', openStory())).toBe(minute(2) + 1);
    expect(at(2, 'z', openStory())).toBe(minute(2));
  });

  test('[T11] is never before an automatic close that has been carried out', () => {
    const office = new Office(new Story().customer(1).ai(2));
    office.model.put('conversation', {
      ...office.conversation,
      aiOutcome: 'resolvedByAi',
      aiClosedAt: minute(2_882),
    });
    const ran = runMutation(
      'conversation.setPriority',
      { conversationId: C1, priority: 'low' },
      () => office.model,
      CONTEXT,
    );
    const history = ran.ok ? ran.value.find((change) => change.table === 'history') : undefined;
    expect(history).toMatchObject({ row: { at: minute(2_882) } });
  });
});
