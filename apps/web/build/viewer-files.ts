import type { Plugin } from 'vite'

/** What shows her records, each kind of file, and a lock: parts that are loaded when the first of its kind is looked at. */
const VIEWERS =
  /src\/(accounts\/Unlock|patient\/Records|records\/(files\/(Pdf|Picture)Viewer|dicom\/DicomViewer|resource\/ResourceTree))\.tsx$/
/** Whose own later parts are wanted too: fonts that PDFs take for granted, decoders. */
const WITH_PARTS = /src\/records\/(files|dicom)\/\w+Viewer\.tsx$/
/** Under which the page asks for the list: src/patient/keep-viewers.ts. */
const LIST = 'viewer-files.json'

/** Lists the files of the viewers, for who wants them kept before their first use. */
export function viewerFiles(): Plugin {
  return {
    name: 'curo-viewer-files',
    apply: 'build',
    generateBundle: {
      order: 'post',
      handler(_, bundle) {
        const found = new Set<string>()
        const add = (name: string) => {
          const file = bundle[name]
          if (file === undefined || found.has(name)) return
          found.add(name)
          if (file.type !== 'chunk') return
          const { importedCss = [], importedAssets = [] } = file.viteMetadata ?? {}
          for (const next of [...file.imports, ...importedCss, ...importedAssets]) add(next)
        }
        for (const [name, file] of Object.entries(bundle)) {
          if (file.type !== 'chunk' || !VIEWERS.test(file.facadeModuleId ?? '')) continue
          add(name)
          if (WITH_PARTS.test(file.facadeModuleId ?? '')) for (const part of file.dynamicImports) add(part)
        }
        if (found.size === 0)
          this.error('None of the viewers that build/viewer-files.ts names is in this build.')
        const source = JSON.stringify([...found].sort().map((name) => `/${name}`))
        this.emitFile({ type: 'asset', fileName: LIST, source })
      },
    },
  }
}
