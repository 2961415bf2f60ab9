import { Table } from '@mantine/core'
import { useWords } from '../app/words.ts'
import classes from './Demo.module.css'
import type { InventedWorker } from './invented.ts'

/** Who can sign in with the password of the invented people. */
export function WorkerTable({ workers }: { workers: readonly InventedWorker[] }) {
  const { t } = useWords('demo')
  const { t: tApp } = useWords('app')
  return (
    <section className={classes.block} aria-labelledby="workers">
      <h2 id="workers">{t('people.title')}</h2>
      <Table verticalSpacing="xs" aria-labelledby="workers">
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('people.name')}</Table.Th>
            <Table.Th scope="col">{t('people.role')}</Table.Th>
            <Table.Th scope="col" className={classes.roomy ?? ''}>
              {t('people.contact')}
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workers.map(({ name, role, contact, speciality, isWaiting }) => (
            <Table.Tr key={contact}>
              <Table.Td>
                {name}
                <span className={classes.narrow}>{contact}</span>
              </Table.Td>
              <Table.Td>
                {tApp(`roles.${role}`)}
                {speciality && ` · ${speciality}`}
                {isWaiting && <span className={classes.minor}>{t('people.waits')}</span>}
              </Table.Td>
              <Table.Td className={classes.roomy ?? ''}>{contact}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  )
}
