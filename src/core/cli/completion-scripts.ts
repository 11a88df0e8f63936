/** The word that asks the shell to offer files. */
export const FILES = ':files';

/**
 * Scripts that ask the program itself: `azt3knet complete -- <words>` prints a value and its description a line. None of
 * them evaluates what is being typed.
 */
export const COMPLETION_SCRIPTS = {
  bash: `# bash completion of azt3knet: source <(azt3knet completion bash)
_azt3knet() {
  local line
  COMPREPLY=()
  while IFS= read -r line; do
    if [[ $line == '${FILES}' ]]; then
      compopt -o default
    else
      COMPREPLY+=("\${line%%$'\\t'*}")
    fi
  done < <("\${COMP_WORDS[0]}" complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -F _azt3knet azt3knet
`,
  zsh: `#compdef azt3knet
# zsh completion of azt3knet: azt3knet completion zsh > "\${fpath[1]}/_azt3knet"
_azt3knet() {
  local line
  local -a described
  while IFS= read -r line; do
    if [[ $line == '${FILES}' ]]; then
      _files
    else
      described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}")
    fi
  done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  (( \${#described} )) && _describe azt3knet described
}
if [[ "\${funcstack[1]}" == _azt3knet ]]; then _azt3knet "$@"; else compdef _azt3knet azt3knet; fi
`,
  fish: `# fish completion of azt3knet: azt3knet completion fish > ~/.config/fish/completions/azt3knet.fish
function __azt3knet_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    for line in ($words[1] complete -- $words[2..-1] "$current" 2>/dev/null)
        if test "$line" = '${FILES}'
            __fish_complete_path "$current"
        else
            echo $line
        end
    end
end
complete -c azt3knet -f -a '(__azt3knet_complete)'
`,
} as const;
