-- lossl in Neovim 0.11 or newer; for init.lua.

vim.lsp.config("lossl", {
  cmd = { "lossl", "server" },
  filetypes = { "python" },
  root_markers = { "lossl.toml", ".lossl.toml", "pyproject.toml", ".git" },
})
vim.lsp.enable("lossl")
