// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <request/folderdialog.h>

#include <iterator>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qpushbutton.h>
#include <QtWidgets/qstackedwidget.h>

#include <base/text.h>
#include <request/authpage.h>
#include <request/connectionbox.h>
#include <request/docspage.h>
#include <request/fieldtable.h>
#include <request/settingspage.h>
#include <request/tablepages.h>
#include <theme/banner.h>
#include <theme/flattabbar.h>
#include <theme/questionbox.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int dialogWidth = 640;
constexpr int dialogHeight = 460;

enum FolderPart
{
    HeadersPage,
    AuthorisationPage,
    VariablesPage,
    SettingsPart
};

collection::Content contentOf(const store::Defaults& defaults)
{
    collection::Content content;
    content.entry.headers = defaults.headers;
    content.entry.variables = defaults.variables;
    content.entry.docs = defaults.docs;
    content.entry.auth = defaults.auth;
    content.entry.kept.auth = defaults.keptAuth;
    content.details.credentials = defaults.credentials;
    return content;
}

} // namespace

FolderDialog::FolderDialog(store::Defaults defaults, const std::optional<Authorisation>& inherited,
                           const ConnectionPlace& connection, QWidget* parent)
    : QDialog(parent),
      m_before(std::move(defaults)),
      m_parts(new FlatTabBar),
      m_pages(new QStackedWidget),
      m_auth(nullptr),
      m_settings(new SettingsBox),
      m_connection(new ConnectionBox),
      m_docs(new DocsPage),
      m_banner(new Banner)
{
    setObjectName(QStringLiteral("folderDialog"));
    const bool isCollection = !inherited.has_value();
    const QString name = toQString(visible(m_before.name));
    setWindowTitle(isCollection ? tr("Settings of the collection %1").arg(name)
                                : tr("Settings of the folder %1").arg(name));
    resize(dialogWidth, dialogHeight);
    setKind(this, "surface");
    m_form.setContent(contentOf(m_before));
    m_auth = new AuthPage(&m_form);
    m_auth->setOfFolder(isCollection);
    if (inherited)
        m_auth->setInherited(*inherited);
    m_docs->setText(toQString(m_before.docs));
    m_settings->setSettings(m_before.settings);
    m_shown = this->defaults();
    setNames(m_parts, QStringLiteral("folderParts"), tr("Parts of the settings"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, space::small, 0, 0);
    column->setSpacing(0);
    m_banner->setObjectName(QStringLiteral("folderBanner"));
    m_banner->hide();
    column->addWidget(m_banner);
    column->addWidget(m_parts);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(m_pages, 1);
    column->addWidget(new Hairline(Qt::Horizontal));
    column->addWidget(makeButtons());
    addPage(tr("Headers"), makeTable(m_form.headers(), "folderHeaders", tr("Headers"),
                                     tr("Every request below gets them, unless it sets the same one.")));
    addPage(tr("Auth"), scrolled(m_auth));
    addPage(tr("Variables"),
            makeTable(m_form.variables(), "folderVariables", tr("Variables"),
                      tr("They count for every request below, unless it, or a folder nearer to "
                         "it, has the same one. A secret belongs into an environment.")));
    addPage(tr("Settings"), makeSettingsPage());
    addPage(tr("Docs"), m_docs);
    setConnection(connection);
    connect(m_parts, &QTabBar::currentChanged, this, [this](int part) {
        m_pages->setCurrentIndex(part);
        if (part == SettingsPart)
            alignLabels(m_connection->parentWidget());
    });
    connect(&m_form, &RequestForm::changed, this, &FolderDialog::renewDetails);
    connect(m_auth, &AuthPage::mintedEdited, this, &FolderDialog::renewDetails);
    connect(m_docs, &DocsPage::edited, &m_form, &RequestForm::setDocs);
    renewDetails();
}

void FolderDialog::addPage(const QString& title, QWidget* page)
{
    m_parts->addTab(title);
    m_pages->addWidget(page);
}

QWidget* FolderDialog::makeTable(FieldTableModel* model, const char* objectName, const QString& name,
                                 const QString& hint)
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, space::small);
    column->setSpacing(0);
    column->addWidget(new FieldTable(model, QLatin1String(objectName), name));
    QLabel* about = captionLabel(hint);
    about->setWordWrap(true);
    about->setContentsMargins(space::large, space::small, space::large, 0);
    column->addWidget(about);
    column->addStretch(1);
    return scrolled(page);
}

QWidget* FolderDialog::makeSettingsPage()
{
    auto* page = new QWidget;
    auto* column = new QVBoxLayout(page);
    column->setContentsMargins(space::large, space::medium, space::large, space::small);
    column->setSpacing(space::small);
    column->addWidget(sectionTitle(tr("How requests are sent")));
    column->addWidget(m_settings);
    column->addSpacing(space::medium);
    column->addWidget(sectionTitle(tr("How servers are reached")));
    column->addWidget(m_connection);
    QLabel* about =
        captionLabel(tr("Both count for every request below, unless it, or a folder nearer to it, says "
                        "otherwise. How servers are reached stands in .claimcheck/connections.yaml."));
    about->setWordWrap(true);
    column->addWidget(about);
    column->addStretch(1);
    return scrolled(page);
}

QWidget* FolderDialog::makeButtons()
{
    QPushButton* cancel = pushButton(tr("Cancel"), QStringLiteral("cancelFolder"));
    QPushButton* save = primaryButton(tr("Save"), QStringLiteral("saveFolder"));
    auto* part = new QWidget(this);
    auto* row = new QHBoxLayout(part);
    row->setContentsMargins(space::large, space::small, space::large, space::small);
    row->setSpacing(space::small);
    row->addStretch(1);
    row->addWidget(cancel);
    row->addWidget(save);
    save->setDefault(true); // not before it is in the dialog
    connect(cancel, &QPushButton::clicked, this, &FolderDialog::reject);
    connect(save, &QPushButton::clicked, this, &FolderDialog::save);
    return part;
}

void FolderDialog::save()
{
    if (!m_auth->checkMinted())
        return m_parts->setCurrentIndex(AuthorisationPage);
    if (m_connection->check())
        return Q_EMIT saveRequested(defaults() == m_shown ? m_before : defaults());
    m_parts->setCurrentIndex(SettingsPart);
}

void FolderDialog::renewDetails()
{
    const collection::Entry entry = m_form.entry();
    m_parts->setCount(HeadersPage, std::ssize(entry.headers));
    m_parts->setDetail(AuthorisationPage,
                       shortWord({entry.auth, entry.kept.auth, m_auth->mintedAlgorithm()}));
    m_parts->setCount(VariablesPage, std::ssize(entry.variables));
}

store::Defaults FolderDialog::defaults() const
{
    const collection::Content content = m_form.content();
    store::Defaults defaults = m_before;
    defaults.headers = content.entry.headers;
    defaults.variables = content.entry.variables;
    defaults.docs = content.entry.docs;
    defaults.auth = content.entry.auth;
    defaults.keptAuth = content.entry.kept.auth;
    defaults.credentials = content.details.credentials;
    defaults.settings = m_settings->settings();
    return defaults;
}

std::optional<ConnectionEdit> FolderDialog::connection() const
{
    return m_connection->edit();
}

void FolderDialog::setConnection(const ConnectionPlace& place)
{
    m_settings->setAround(place);
    m_connection->setPlace(place);
}

std::optional<MintedEdit> FolderDialog::minted() const
{
    return m_auth->minted();
}

void FolderDialog::setMinted(const MintedPlace& place)
{
    m_auth->setMinted(place);
    renewDetails();
}

void FolderDialog::sayMintedProblem(const Error& error)
{
    m_auth->sayMintedProblem(error);
    m_parts->setCurrentIndex(AuthorisationPage);
}

void FolderDialog::sayConnectionProblem(const Error& error)
{
    m_connection->say(error);
    m_parts->setCurrentIndex(SettingsPart);
}

void FolderDialog::say(const Error& error)
{
    m_banner->say(Tone::Bad, tr("Not saved"), toQString(visible(describe(error))));
    m_banner->show();
}

void FolderDialog::reject()
{
    if (defaults() == m_shown && !connection() && !minted())
        return QDialog::reject();
    askToDiscard();
}

void FolderDialog::askToDiscard()
{
    auto* box =
        new QuestionBox(QStringLiteral("discardQuestion"), tr("What was changed here is not saved."), this);
    box->offerLoss(tr("Discard changes"), [this] { QDialog::reject(); });
    box->ask(tr("Keep editing"));
}

} // namespace claimcheck::ui
