import { describe, expect, test } from 'vitest';
import { READY_MADE } from '../../../src/domain/segments/ready-made.ts';
import { salesPolicyOf } from '../../../src/mutations/insight-args.ts';
import { findMutation, prepareMutation } from '../../../src/mutations/registry.ts';
import { parseSegment } from '../../../src/protocol/segments.ts';
import { parseView } from '../../../src/protocol/views.ts';
import { ANA, BO, C1, minute, Story } from '../../support/domain/history.ts';
import { CLEO, Office } from '../../support/mutations/office.ts';

const handedOver = (): Office => new Office(new Story().customer(1).escalated(2));
const verdictOf = (office: Office, agent = BO) => office.model.verdict(C1, agent);

describe('review.setVerdict', () => {
  test('[O10] a verdict with a note, one for each reviewer', () => {
    const office = handedOver();
    office.do('review.setVerdict', { verdict: 'policy', note: 'see the returns page' }, 5, BO);
    office.do('review.setVerdict', { verdict: 'defect' }, 6, ANA);
    expect(verdictOf(office)).toEqual({
      conversationId: C1,
      agentId: BO,
      verdict: 'policy',
      note: 'see the returns page',
      coachId: null,
      at: minute(5),
    });
    expect(verdictOf(office, ANA)).toMatchObject({ verdict: 'defect', note: null });
  });

  test('[O10] a verdict without a note leaves the note; a note of nothing but space is none', () => {
    const office = handedOver();
    office.do('review.setVerdict', { verdict: 'policy', note: 'why' }, 5, BO);
    office.do('review.setVerdict', { verdict: 'defect' }, 6, BO);
    expect(verdictOf(office)).toMatchObject({ verdict: 'defect', note: 'why' });
    office.do('review.setVerdict', { verdict: 'defect', note: '  ' }, 7, BO);
    expect(verdictOf(office)?.note).toBeNull();
  });

  test('[O10] a finding that says nothing is no row', () => {
    const office = handedOver();
    office.do('review.setVerdict', { verdict: 'policy' }, 5, BO);
    office.do('review.setVerdict', { verdict: null }, 6, BO);
    expect(verdictOf(office)).toBeNull();
  });

  test('[O10] only of what the AI did not resolve', () => {
    const office = new Office(new Story().customer(1).ai(2));
    const { result } = office.run('review.setVerdict', { verdict: 'policy' }, 5, BO);
    expect(result).toEqual({ ok: false, error: { type: 'invalidState', detail: { aiOutcome: 'open' } } });
  });

  test('[Y16] taken back, the verdict and the note before stand again; not when it was changed since', () => {
    const office = handedOver();
    const first = office.run('review.setVerdict', { verdict: 'policy', note: 'one' }, 5, BO);
    const second = office.run('review.setVerdict', { verdict: 'defect', note: 'two' }, 6, BO);
    expect(office.undo(first, 7, BO)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
    office.undo(second, 8, BO);
    expect(verdictOf(office)).toMatchObject({ verdict: 'policy', note: 'one' });
    office.undo(first, 9, BO);
    expect(verdictOf(office)).toBeNull();
    expect(office.run('review.setVerdict', { verdict: null }, 10, BO).inverse).toBeNull();
  });

  test('[Y16] another note on the same verdict is taken back; a verdict alone leaves the note where it is', () => {
    const office = handedOver();
    office.do('review.setVerdict', { verdict: 'policy', note: 'one' }, 5, BO);
    const noted = office.run('review.setVerdict', { verdict: 'policy', note: 'two' }, 6, BO);
    office.undo(noted, 7, BO);
    expect(verdictOf(office)?.note).toBe('one');
    const judged = office.run('review.setVerdict', { verdict: 'defect' }, 8, BO);
    office.do('review.setVerdict', { verdict: 'defect', note: 'three' }, 9, BO);
    office.undo(judged, 10, BO);
    expect(verdictOf(office)).toMatchObject({ verdict: 'policy', note: 'three' });
    expect(office.run('review.setVerdict', { verdict: 'policy', note: 'three' }, 11, BO).inverse).toBeNull();
  });

  test('[O10] said again it is no new word: the moment of the first stands, and nothing is written', () => {
    const office = handedOver();
    office.do('review.setVerdict', { verdict: 'policy', note: 'why' }, 5, BO);
    expect(office.do('review.setVerdict', { verdict: 'policy', note: 'why' }, 6, BO)).toEqual([]);
    expect(office.do('review.setVerdict', { verdict: 'policy' }, 7, BO)).toEqual([]);
    expect(verdictOf(office)?.at).toBe(minute(5));
  });

  test('[O10] about a conversation that is not there: refused by its name', () => {
    expect(
      handedOver().refusal('review.setVerdict', { conversationId: 'x', verdict: 'policy' }, 5, BO),
    ).toEqual({ type: 'notFound', detail: { conversationId: 'x' } });
  });
});

describe('review.assignCoaching', () => {
  test('[O10] a colleague is asked, beside the verdict; taken back, nobody is', () => {
    const office = handedOver();
    office.do('review.setVerdict', { verdict: 'policy' }, 5, BO);
    const asked = office.run('review.assignCoaching', { coachId: CLEO }, 6, BO);
    expect(verdictOf(office)).toMatchObject({ verdict: 'policy', coachId: CLEO });
    office.undo(asked, 7, BO);
    expect(verdictOf(office)).toMatchObject({ verdict: 'policy', coachId: null });
  });

  test('[O10] nobody whom the workspace does not know; no second word about the same', () => {
    const office = handedOver();
    const { result } = office.run('review.assignCoaching', { coachId: 'stranger' }, 6, BO);
    expect(result).toEqual({ ok: false, error: { type: 'notFound', detail: { agentId: 'stranger' } } });
    expect(office.run('review.assignCoaching', { coachId: null }, 6, BO).inverse).toBeNull();
    const asked = office.run('review.assignCoaching', { coachId: CLEO }, 7, BO);
    office.do('review.assignCoaching', { coachId: ANA }, 8, BO);
    expect(office.undo(asked, 9, BO)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
  });
});

const rule = READY_MADE[0]?.rule;
const segment = { name: 'Everyone', rule };

describe('segments', () => {
  const standing = (office: Office) => {
    const setting = office.model.setting('segment:s1');
    return setting === null ? null : parseSegment(setting.key, setting.value);
  };

  test('[K6][G1] saved under its id, changed, deleted', () => {
    const office = new Office();
    office.do('segment.save', { id: 's1', segment }, 3, BO);
    expect(standing(office)).toEqual({ id: 's1', ...segment });
    office.do('segment.save', { id: 's1', segment: { ...segment, name: 'All' } }, 4, BO);
    expect(standing(office)?.name).toBe('All');
    office.do('segment.delete', { id: 's1' }, 5, BO);
    expect(standing(office)).toBeNull();
    expect(office.run('segment.delete', { id: 's1' }, 6, BO).result).toMatchObject({
      ok: false,
      error: { type: 'notFound' },
    });
  });

  test('[Y16] every step is taken back; not over somebody else’s change', () => {
    const office = new Office();
    const made = office.run('segment.save', { id: 's1', segment }, 3, BO);
    const renamed = office.run('segment.save', { id: 's1', segment: { ...segment, name: 'All' } }, 4, BO);
    expect(office.undo(made, 5, BO)).toMatchObject({ ok: false, error: { type: 'changedSince' } });
    office.undo(renamed, 6, BO);
    expect(standing(office)?.name).toBe('Everyone');
    const gone = office.run('segment.delete', { id: 's1' }, 7, BO);
    office.undo(gone, 8, BO);
    expect(standing(office)?.name).toBe('Everyone');
    office.undo(made, 9, BO);
    expect(standing(office)).toBeNull();
  });

  test('[K6] a name and a rule that can be read; who saved it is audited', () => {
    for (const bad of [
      { ...segment, name: ' ' },
      { name: 'x' },
      { name: 'x', rule: { match: 'all', conditions: [{}] } },
    ])
      expect(prepareMutation('segment.save', { id: 's1', segment: bad }).ok).toBe(false);
    expect(prepareMutation('segment.save', { id: 'a b', segment }).ok).toBe(false);
    expect(findMutation('segment.save')?.audit?.({ id: 's1', segment })).toEqual({
      action: 'segment.saved',
      detail: { id: 's1', name: 'Everyone' },
    });
    expect(findMutation('segment.delete')?.audit?.({ id: 's1' })).toEqual({
      action: 'segment.deleted',
      detail: { id: 's1' },
    });
  });

  test('[G1] what is stored and cannot be read is none: it is written over, and has nothing to take back', () => {
    for (const value of ['{', '{"name":"x"}']) {
      const office = new Office();
      office.model.put('setting', { key: 'segment:s1', value });
      expect(office.refusal('segment.delete', { id: 's1' }, 3, BO).type).toBe('notFound');
      const saved = office.run('segment.save', { id: 's1', segment }, 4, BO);
      expect(saved.inverse?.name).toBe('segment.delete');
      expect(standing(office)?.name).toBe('Everyone');
    }
  });

  test('[Y16] nothing to do leaves no change and nothing to take back', () => {
    const office = new Office();
    office.do('segment.save', { id: 's1', segment }, 3, BO);
    const again = office.run('segment.save', { id: 's1', segment }, 4, BO);
    expect(again.result).toEqual({ ok: true, value: [] });
    expect(office.run('segment.delete', { id: 's2' }, 5, BO).inverse).toBeNull();
  });

  test('a document that is none is no segment', () => {
    expect(parseSegment('segment:x', 'null')).toBeNull();
    expect(parseSegment('segment:x', '{')).toBeNull();
    expect(parseSegment('view:x', JSON.stringify(segment))).toBeNull();
  });
});

describe('saved views', () => {
  const view = { name: 'Refunds', query: '{"queue":"all"}', position: 0 };
  const standing = (office: Office, key: string, agent: string) => {
    const setting = office.model.setting(key);
    return setting === null ? null : parseView(setting.key, setting.value, agent);
  };

  test('[O8] the team’s and one’s own lie apart; another’s own is nobody else’s', () => {
    const office = new Office();
    office.do('view.save', { scope: 'team', id: 'v1', view }, 3, BO);
    office.do('view.save', { scope: 'own', id: 'v1', view: { ...view, name: 'Mine' } }, 4, BO);
    expect(standing(office, 'view:v1', ANA)).toEqual({ id: 'v1', scope: 'team', ...view });
    expect(standing(office, `view:${BO}:v1`, BO)).toMatchObject({ scope: 'own', name: 'Mine' });
    expect(standing(office, `view:${BO}:v1`, ANA)).toBeNull();
    expect(office.run('view.delete', { scope: 'own', id: 'v1' }, 5, ANA).result).toMatchObject({
      ok: false,
      error: { type: 'notFound' },
    });
  });

  test('[Y16] saving and deleting are taken back', () => {
    const office = new Office();
    const made = office.run('view.save', { scope: 'own', id: 'v1', view }, 3, BO);
    const moved = office.run('view.save', { scope: 'own', id: 'v1', view: { ...view, position: 4 } }, 4, BO);
    office.undo(moved, 5, BO);
    expect(standing(office, `view:${BO}:v1`, BO)?.position).toBe(0);
    const gone = office.run('view.delete', { scope: 'own', id: 'v1' }, 6, BO);
    office.undo(gone, 7, BO);
    expect(standing(office, `view:${BO}:v1`, BO)).not.toBeNull();
    office.undo(made, 8, BO);
    expect(standing(office, `view:${BO}:v1`, BO)).toBeNull();
  });

  test('a document that is none is no view', () => {
    expect(parseView('view:v1', '[]', ANA)).toBeNull();
    expect(parseView('view:v1', 'x', ANA)).toBeNull();
    expect(parseView('segment:v1', JSON.stringify(view), ANA)).toBeNull();
  });
});

describe('settings.setAttribution', () => {
  test('[A1][O4] SMS by what the workspace says; web chat stays as it is', () => {
    const office = new Office();
    const value = { sms: { touches: ['clicked'], windowHours: 120 } };
    const set = office.run('settings.setAttribution', { value }, 3, BO);
    expect(JSON.parse(office.model.setting('attribution')?.value ?? '')).toEqual(value);
    expect(prepareMutation('settings.setAttribution', { value: { web_chat: value.sms } }).ok).toBe(false);
    office.undo(set, 4, BO);
    expect(office.model.setting('attribution')).toBeNull();
    expect(findMutation('settings.setAttribution')?.role).toBe('lead');
    expect(findMutation('settings.setAttribution')?.audit?.({ value })).toEqual({
      action: 'settings.changed',
      detail: { key: 'attribution', value },
    });
  });

  test('[A1] the policy that it makes', () => {
    expect(salesPolicyOf(null)).toEqual({ web_chat: { touches: ['clicked'], window: 86_400_000 } });
    expect(salesPolicyOf({ sms: { touches: ['recommended'], windowHours: 2 } })['sms']).toEqual({
      touches: ['recommended'],
      window: 7_200_000,
    });
  });
});
