import { newOrder, ORDER_KINDS, type OrderEntry, type OrderKind } from '@curo/fhir/consultation'
import { Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { memo, useState } from 'react'
import { useWords } from '../app/words.ts'
import type { EntriesProps } from './Diagnoses.tsx'
import classes from './Entries.module.css'
import { EntryList } from './EntryList.tsx'
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
  return (
    <Part title={t('parts.orders')}>
      <EntryList
        entries={entries}
        onEntries={onEntries}
        markOf={({ kind }) => t(`order.kinds.${kind}`)}
        removeLabelOf={({ text }) => t('order.remove', { name: text })}
        fields={({ note, isUrgent }, { at, change }) => (
          <>
            <TextInput
              label={t('order.note')}
              value={note}
              dir="auto"
              onChange={(event) => change({ note: event.currentTarget.value })}
              error={fault(`orders.${at}.text`)}
              data-path={`orders.${at}.text`}
            />
            <Checkbox
              className={classes.check ?? ''}
              label={t('order.urgent')}
              checked={isUrgent}
              onChange={(event) => change({ isUrgent: event.currentTarget.checked })}
            />
          </>
        )}
      />
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
