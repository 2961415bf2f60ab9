import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import type { UseFormReturnType } from '@mantine/form'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useWords } from '../app/words.ts'
import classes from './PlaceRows.module.css'
import { newDepartment, newFacility, type ProfileFields } from './profile-form.ts'

type PlaceRowsProps = { form: UseFormReturnType<ProfileFields>; kind: 'facilities' | 'departments' }

/** The facilities or departments, a row each. */
export function PlaceRows({ form, kind }: PlaceRowsProps) {
  const { t } = useWords('hospital')
  const { facilities } = form.values
  const rows = form.values[kind]
  const add = () => form.insertListItem(kind, kind === 'facilities' ? newFacility() : newDepartment())
  return (
    <div className={classes.rows}>
      {rows.map(({ id, name }, at) => (
        <div key={id} className={classes.row}>
          <TextInput
            label={t(kind === 'facilities' ? 'places.facility' : 'places.department')}
            maxLength={200}
            {...form.getInputProps(`${kind}.${at}.name`)}
          />
          {kind === 'facilities' ? (
            <>
              <TextInput
                label={t('places.address')}
                maxLength={400}
                {...form.getInputProps(`${kind}.${at}.address`)}
              />
              <TextInput
                label={t('places.phone')}
                type="tel"
                maxLength={40}
                {...form.getInputProps(`${kind}.${at}.phone`)}
              />
            </>
          ) : (
            <Select
              label={t('places.where')}
              clearable
              data={facilities
                .filter((facility) => facility.name.trim())
                .map((facility) => ({ value: facility.id, label: facility.name }))}
              {...form.getInputProps(`${kind}.${at}.facility`)}
            />
          )}
          <ActionIcon
            variant="subtle"
            color="gray"
            size="lg"
            aria-label={t('places.remove', { name: name || String(at + 1) })}
            onClick={() => form.removeListItem(kind, at)}
          >
            <IconTrash size={18} aria-hidden />
          </ActionIcon>
        </div>
      ))}
      <Button variant="default" leftSection={<IconPlus size={18} aria-hidden />} onClick={add}>
        {t(kind === 'facilities' ? 'places.addFacility' : 'places.addDepartment')}
      </Button>
    </div>
  )
}
