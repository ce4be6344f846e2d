;;; emacs.el --- lossl in Emacs with Eglot -*- lexical-binding: t; -*-

;;; Commentary:

;; For the init file.  Eglot is part of Emacs since version 29; before, it is on GNU ELPA.  Eglot talks to one
;; server per buffer: lossl takes the place of another Python server.  To have both, use lsp-mode (see README.md).

;;; Code:

(with-eval-after-load 'eglot
  (add-to-list 'eglot-server-programs
               '((python-mode python-ts-mode) . ("lossl" "server"))))

(add-hook 'python-mode-hook #'eglot-ensure)
(add-hook 'python-ts-mode-hook #'eglot-ensure)

;;; emacs.el ends here
