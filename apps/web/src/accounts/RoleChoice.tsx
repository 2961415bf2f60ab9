import { Text, UnstyledButton } from '@mantine/core'
import { IconBuildingHospital, IconClipboardCheck, IconId, IconStethoscope } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useWords } from '../app/words.ts'
import type { WorkerRole } from './RegistrationForm.tsx'
import classes from './RoleChoice.module.css'

const ICONS = { doctor: IconStethoscope, staff: IconBuildingHospital, auditor: IconClipboardCheck } as const

export function RoleChoice({ onChoose }: { onChoose: (role: WorkerRole) => void }) {
  const { t } = useWords('accounts')
  return (
    <>
      <Text>{t('register.who')}</Text>
      <div className={classes.roles}>
        <Link to="/register/card" className={classes.role ?? ''}>
          <IconId size={26} stroke={1.5} aria-hidden className={classes.icon} />
          <span className={classes.name}>{t('register.patient')}</span>
          <span className={classes.text}>{t('register.patientText')}</span>
        </Link>
        {(['doctor', 'staff', 'auditor'] as const).map((role) => {
          const Icon = ICONS[role]
          return (
            <UnstyledButton key={role} className={classes.role ?? ''} onClick={() => onChoose(role)}>
              <Icon size={26} stroke={1.5} aria-hidden className={classes.icon} />
              <span className={classes.name}>{t(`register.roles.${role}`)}</span>
              <span className={classes.text}>{t(`register.texts.${role}`)}</span>
            </UnstyledButton>
          )
        })}
      </div>
    </>
  )
}
