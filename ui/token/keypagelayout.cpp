// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// What stands where on the page of keys.

#include <token/keypage.h>

#include <QtCore/qitemselectionmodel.h>
#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtGui/qshortcut.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qmenu.h>

#include <theme/busybar.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>
#include <token/certificatepart.h>
#include <token/generaterow.h>

namespace claimcheck::ui {
namespace {

QHBoxLayout* lineOf(QWidget* part)
{
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(space::inset, 0, space::inset, 0);
    row->setSpacing(space::small);
    return row;
}

} // namespace

KeyPage::KeyPage(QWidget* parent)
    : QWidget(parent),
      m_count(captionLabel()),
      m_choice(mutedLabel()),
      m_table(new CellTable(QStringLiteral("keyRing"), tr("Keys"),
                            {tr("Key"), tr("kid"), tr("Algorithms"), tr("Thumbprint")}, {230, 150, 140})),
      m_detailText(plainLabel()),
      m_detailProblem(plainLabel()),
      m_certificate(new CertificatePart),
      m_removeAll(linkButton(tr("Remove all"), QStringLiteral("removeAllKeys"))),
      m_passphrase(new QLineEdit),
      m_addressKind(new ChevronBox),
      m_address(new QLineEdit),
      m_fetch(pushButton(tr("Fetch keys"), QStringLiteral("fetchKeys"))),
      m_progressText(mutedLabel()),
      m_problem(plainLabel()),
      m_notes(captionLabel()),
      m_generate(new GenerateRow)
{
    for (QLabel* label : {m_choice, m_detailText, m_detailProblem, m_problem, m_notes})
        label->setWordWrap(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::medium, 0, space::large);
    column->setSpacing(space::small);
    column->addWidget(makeList());
    column->addWidget(m_table);
    column->addWidget(makeDetail());
    column->addWidget(m_certificate);
    column->addSpacing(space::small);
    column->addWidget(makeAdding());
    column->addStretch(1);
    m_table->setCopyColumn(3);
    auto* remove = new QShortcut(QKeySequence::Delete, m_table);
    remove->setContext(Qt::WidgetShortcut);
    connect(remove, &QShortcut::activated, this, &KeyPage::removeCurrent);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &KeyPage::showDetail);
    connect(m_table->model(), &QAbstractItemModel::modelReset, this, &KeyPage::showDetail);
    connect(m_removeAll, &QPushButton::clicked, this, [this] { change({}); });
    showRing();
}

QWidget* KeyPage::makeList()
{
    auto* title = new QWidget;
    QHBoxLayout* row = lineOf(title);
    row->addWidget(sectionTitle(tr("Key ring")));
    row->addWidget(m_count, 1);
    row->addWidget(m_removeAll);
    m_choice->setObjectName(QStringLiteral("keyChoice"));
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(title);
    auto* inset = new QWidget;
    lineOf(inset)->addWidget(m_choice);
    column->addWidget(inset);
    return part;
}

/// The chosen key in words, and what can be done with it.
QWidget* KeyPage::makeDetail()
{
    auto* menu = new QMenu(this);
    const auto copy = [this, menu](const QString& text, KeyForm form) {
        return menu->addAction(text, this, [this, form] { copyAs(form); });
    };
    m_publicCopies = {copy(tr("Public key as PEM"), KeyForm::PublicPem),
                      copy(tr("Public key as JWK"), KeyForm::PublicJwk)};
    menu->addSeparator();
    m_privateCopies = {copy(tr("Private key as PEM"), KeyForm::PrivatePem),
                       copy(tr("Private key or secret as JWK"), KeyForm::PrivateJwk)};
    menu->addSeparator();
    copy(tr("All public keys as JWK set"), KeyForm::PublicSet);
    menu->setObjectName(QStringLiteral("copyKeyMenu"));
    QPushButton* copyButton = pushButton(tr("Copy as"), QStringLiteral("copyKey"));
    copyButton->setLayoutDirection(Qt::RightToLeft);
    copyButton->setIcon(icon(QStringLiteral("chevron-down")));
    copyButton->setMenu(menu);
    QPushButton* remove = pushButton(tr("Remove"), QStringLiteral("removeKey"));
    connect(remove, &QPushButton::clicked, this, &KeyPage::removeCurrent);

    m_detailText->setObjectName(QStringLiteral("keyDetail"));
    m_detailText->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_detailProblem->setObjectName(QStringLiteral("keyWeakness"));
    setKind(m_detailProblem, "warn");
    auto* words = new QVBoxLayout;
    words->setSpacing(space::tiny);
    words->addWidget(m_detailText);
    words->addWidget(m_detailProblem);
    m_detail = new QWidget;
    QHBoxLayout* row = lineOf(m_detail);
    row->addLayout(words, 1);
    row->addWidget(copyButton, 0, Qt::AlignTop);
    row->addWidget(remove, 0, Qt::AlignTop);
    return m_detail;
}

QWidget* KeyPage::makeAdding()
{
    QPushButton* paste = pushButton(tr("Paste a key"), QStringLiteral("pasteKey"));
    paste->setToolTip(tr("PEM, JWK, JWK set, SSH public key; anything else is a secret. It is not shown."));
    QPushButton* open = pushButton(tr("Open a file…"), QStringLiteral("openKeyFile"));
    connect(paste, &QPushButton::clicked, this, [this] { addText(QGuiApplication::clipboard()->text()); });
    connect(open, &QPushButton::clicked, this, &KeyPage::chooseFile);
    auto* buttons = new QWidget;
    QHBoxLayout* row = lineOf(buttons);
    row->addWidget(paste);
    row->addWidget(open);
    row->addStretch(1);

    m_problem->setObjectName(QStringLiteral("keyPageProblem"));
    setKind(m_problem, "bad");
    m_problem->hide();
    m_notes->setObjectName(QStringLiteral("keyNotes"));
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    const auto inset = [column](QWidget* widget) {
        auto* box = new QWidget;
        lineOf(box)->addWidget(widget);
        column->addWidget(box);
    };
    inset(sectionTitle(tr("Add keys")));
    column->addWidget(buttons);
    column->addWidget(makePassphraseRow());
    column->addWidget(makeAddressRow());
    column->addWidget(m_generate);
    connect(m_generate, &GenerateRow::requested, this, &KeyPage::generate);
    column->addWidget(makeProgressRow());
    inset(m_problem);
    inset(m_notes);
    return part;
}

QWidget* KeyPage::makePassphraseRow()
{
    setNames(m_passphrase, QStringLiteral("keyPassphrase"), tr("Passphrase of the key"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_passphrase->setPlaceholderText(tr("passphrase of the key"));
    QPushButton* unlock = pushButton(tr("Unlock"), QStringLiteral("unlockKey"));
    connect(m_passphrase, &QLineEdit::returnPressed, this, &KeyPage::retryWithPassphrase);
    connect(unlock, &QPushButton::clicked, this, &KeyPage::retryWithPassphrase);
    m_passphraseRow = new QWidget;
    QHBoxLayout* row = lineOf(m_passphraseRow);
    row->addWidget(m_passphrase, 1);
    row->addWidget(unlock);
    m_passphraseRow->hide();
    return m_passphraseRow;
}

QWidget* KeyPage::makeAddressRow()
{
    m_addressKind->addItems({tr("Issuer"), tr("JWKS URL")});
    setNames(m_addressKind, QStringLiteral("keyAddressKind"), tr("What the address is of"));
    setNames(m_address, QStringLiteral("keyAddress"), tr("Address of an issuer or of a JWK set"));
    m_address->setPlaceholderText(QStringLiteral("https://id.example"));
    m_fetch->setToolTip(tr("Nothing is sent before; an issuer is asked for its metadata first"));
    connect(m_address, &QLineEdit::returnPressed, this, &KeyPage::fetch);
    connect(m_fetch, &QPushButton::clicked, this, &KeyPage::fetch);
    auto* part = new QWidget;
    QHBoxLayout* row = lineOf(part);
    row->addWidget(m_addressKind);
    row->addWidget(m_address, 1);
    row->addWidget(m_fetch);
    return part;
}

QWidget* KeyPage::makeProgressRow()
{
    QPushButton* stop = pushButton(tr("Cancel"), QStringLiteral("cancelKeys"));
    connect(stop, &QPushButton::clicked, this, &KeyPage::cancel);
    m_progressText->setObjectName(QStringLiteral("keyProgress"));
    m_progressText->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_progress = new QWidget;
    QHBoxLayout* row = lineOf(m_progress);
    row->addWidget(new BusyBar);
    row->addWidget(m_progressText, 1);
    row->addWidget(stop);
    m_progress->hide();
    return m_progress;
}

} // namespace claimcheck::ui
