import { newOrder, ORDER_KINDS, type OrderEntry, type OrderKind } from '@curo/fhir/consultation'
import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconPlus, IconX } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useWords } from '../app/words.ts'
import type { EntriesProps } from './Diagnoses.tsx'
import classes from './Entries.module.css'
import { useFaults } from './field-problems.ts'
import { Part } from './Part.tsx'

/** Tests, procedures and referrals that are ordered. */
export const Orders = memo(function Orders({ entries, onEntries }: EntriesProps<OrderEntry>) {
  const { t } = useWords('consultations')
  const fault = useFaults()
  const [text, setText] = useState('')
  const [kind, setKind] = useState<OrderKind>('laboratory')
  const kinds = ORDER_KINDS.map((value) => ({ value, label: t(`order.kinds.${value}`) }))
  function add() {
    if (text.trim() === '') return
    onEntries((all) => [...all, newOrder(crypto.randomUUID(), { text: text.trim(), kind })])
    setText('')
  }
  const change = (id: string, given: Partial<OrderEntry>) =>
    onEntries((all) => all.map((entry) => (entry.id === id ? { ...entry, ...given } : entry)))
  return (
    <Part title={t('parts.orders')}>
      {entries.length > 0 && (
        <ol className={classes.list}>
          {entries.map((entry, at) => (
            <li key={entry.id} className={classes.entry}>
              <div className={classes.head}>
                <span className={classes.name}>
                  <bdi>{entry.text}</bdi>
                </span>
                <span className={classes.code}>{t(`order.kinds.${entry.kind}`)}</span>
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t('order.remove', { name: entry.text })}
                  onClick={() => onEntries((all) => all.filter(({ id }) => id !== entry.id))}
                >
                  <IconX size={18} />
                </ActionIcon>
              </div>
              <div className={classes.fields}>
                <TextInput
                  label={t('order.note')}
                  value={entry.note}
                  dir="auto"
                  onChange={(event) => change(entry.id, { note: event.currentTarget.value })}
                  error={fault(`orders.${at}.text`)}
                  data-path={`orders.${at}.text`}
                />
                <Checkbox
                  className={classes.check ?? ''}
                  label={t('order.urgent')}
                  checked={entry.isUrgent}
                  onChange={(event) => change(entry.id, { isUrgent: event.currentTarget.checked })}
                />
              </div>
            </li>
          ))}
        </ol>
      )}
      <div className={classes.add}>
        <TextInput
          label={t('order.what')}
          value={text}
          dir="auto"
          onChange={(event) => setText(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Enter' || event.ctrlKey) return
            event.preventDefault()
            add()
          }}
        />
        <Select
          label={t('order.kind')}
          allowDeselect={false}
          data={kinds}
          value={kind}
          onChange={(value) => setKind(value as OrderKind)}
        />
        <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
          {t('order.add')}
        </Button>
      </div>
    </Part>
  )
})
