import type { Agent } from '../../../../src/domain/model.ts';
import { useDeskQuery } from '../../engine/use-desk-query.ts';
import { useText } from '../../i18n/text-provider.tsx';
import { Avatar } from '../../ui/avatar.tsx';
import { LocalPicker, type PickItem } from '../../ui/combobox.tsx';
import popup from '../../ui/popup.module.css';

interface AgentItem extends PickItem {
  readonly agent: Agent | null;
}

/** Chooses the assignee among the workspace's active agents, oneself first, or nobody. */
export function AssignPicker(props: {
  readonly current: string | null;
  readonly onPick: (agentId: Agent['id'] | null) => void;
}) {
  const { t } = useText();
  const { data: info } = useDeskQuery('app.info', {});
  const me = info?.me.id;
  const agents = (info?.agents ?? []).filter(({ active }) => active);
  const ordered = [...agents].sort(
    (a, b) => Number(b.id === me) - Number(a.id === me) || a.name.localeCompare(b.name),
  );
  const items: AgentItem[] = ordered.map((agent) => ({
    id: agent.id,
    label: agent.id === me ? `${agent.name} (${t('common:you')})` : agent.name,
    agent,
  }));
  if (props.current !== null) items.push({ id: '', label: t('thread:action.unassign'), agent: null });
  return (
    <LocalPicker
      label={t('thread:action.assign')}
      placeholder={t('thread:assign.search')}
      items={items}
      empty={t('inbox:filter.noMatch')}
      onPick={({ agent }) => props.onPick(agent?.id ?? null)}
      renderItem={({ agent, label }) => (
        <>
          <span>{agent !== null && <Avatar name={agent.name} decorative />}</span>
          <span className={popup.label}>{label}</span>
        </>
      )}
    />
  );
}
