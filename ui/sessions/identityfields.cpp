// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <sessions/identityfields.h>

#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcheckbox.h>
#include <QtWidgets/qlineedit.h>

#include <base/text.h>
#include <sessions/secretfield.h>
#include <state/identitytext.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>
#include <workbench/issuerlookup.h>

namespace claimcheck::ui {
namespace {

constexpr int pastedLetters = 8; ///< that come at once were not typed

/// Nothing that is typed seldom says more than its default.
bool hasSeldom(const IdentityDraft& draft)
{
    const collection::CredentialLogin usual;
    for (const InputInfo& info : identityInputs()) {
        const std::string& text = draft.text(info.input);
        const bool isUsual = (info.input == IdentityInput::Method && text == usual.method) ||
                             (info.input == IdentityInput::UserField && text == usual.userField) ||
                             (info.input == IdentityInput::PasswordField && text == usual.passwordField);
        if (info.isSeldom && draft.has(info.input) && !isUsual)
            return true;
    }
    return false;
}

} // namespace

IdentityFields::IdentityFields(const IdentityDraft& draft, IdentityAround around, QWidget* parent)
    : QWidget(parent),
      m_around(std::move(around)),
      m_form(new QCheckBox(tr("Sent as a form, not as JSON"))),
      m_dpop(new QCheckBox(tr("Tokens are bound to a key (DPoP, RFC 9449)"))),
      m_more(moreButton(QStringLiteral("editMore"))),
      m_issuerWord(captionLabel())
{
    setNames(m_form, QStringLiteral("editForm"), m_form->text());
    setNames(m_dpop, QStringLiteral("editDpop"), m_dpop->text());
    m_issuerWord->setObjectName(QStringLiteral("issuerWord"));
    m_issuerWord->setWordWrap(true);
    m_issuerWord->hide();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::small);
    for (const InputInfo& info : identityInputs()) {
        if (info.input == IdentityInput::Method) // the first that is asked for seldom
            column->addWidget(m_more, 0, Qt::AlignLeft);
        const auto place = m_rows.emplace(info.input, makeRow(info)).first;
        column->addWidget(place->second.whole);
        if (info.input == IdentityInput::Name)
            column->addWidget(makeKind());
        if (info.input == IdentityInput::Scope) {
            column->addWidget(m_form);
            column->addWidget(m_dpop);
        }
    }
    column->addStretch(1);
    connect(m_more, &QPushButton::toggled, this, &IdentityFields::showRows);
    connect(m_form, &QCheckBox::clicked, this, &IdentityFields::edited);
    connect(m_dpop, &QCheckBox::clicked, this, &IdentityFields::edited);
    setDraft(draft);
    setFocusProxy(m_rows.at(IdentityInput::Name).input);
}

QWidget* IdentityFields::makeKind()
{
    m_kind = new ChevronBox;
    setNames(m_kind, QStringLiteral("editKind"), tr("How it signs in"));
    for (const LoginKind each : loginKinds())
        m_kind->addItem(loginWords(std::string(wordOf(each))), static_cast<int>(each));
    m_about = captionLabel();
    m_about->setWordWrap(true);
    QLabel* caption = captionLabel(tr("How it signs in"));
    caption->setBuddy(m_kind);
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(caption);
    column->addWidget(m_kind);
    column->addWidget(m_about);
    connect(m_kind, &QComboBox::currentIndexChanged, this, [this] {
        showRows();
        showProblems();
        Q_EMIT edited();
    });
    return part;
}

IdentityFields::Row IdentityFields::makeRow(const InputInfo& info)
{
    Row row;
    row.whole = new QWidget;
    QWidget* const shown = makeInput(info, row);
    QLabel* caption = captionLabel(titleOf(info));
    caption->setBuddy(row.input);
    row.problem = plainLabel();
    setKind(row.problem, "bad");
    row.problem->setWordWrap(true);
    setNames(row.problem, QLatin1String(info.objectName) + QStringLiteral("Problem"),
             tr("What is wrong with: %1").arg(titleOf(info)));
    row.problem->hide();
    auto* column = new QVBoxLayout(row.whole);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(space::tiny);
    column->addWidget(caption);
    column->addWidget(shown);
    if (info.input == IdentityInput::Issuer)
        column->addWidget(m_issuerWord);
    column->addWidget(row.problem);
    return row;
}

/// The button, and the address that comes at once by a paste, ask the issuer.
QWidget* IdentityFields::withLookUp(QLineEdit* issuer)
{
    QPushButton* lookUp = pushButton(tr("Look up"), QStringLiteral("lookUpIssuer"));
    lookUp->setAccessibleName(tr("Ask the issuer for its endpoints"));
    auto* part = new QWidget;
    auto* line = new QHBoxLayout(part);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    line->addWidget(issuer, 1);
    line->addWidget(lookUp);
    connect(lookUp, &QPushButton::clicked, this, [this, issuer] { takeIssuer(issuer); });
    connect(issuer, &QLineEdit::textChanged, this, [this] { m_issuerWord->hide(); });
    connect(issuer, &QLineEdit::textEdited, this, [this, issuer](const QString& text) {
        const bool isPasted = text.size() - m_issuerLength >= pastedLetters;
        m_issuerLength = text.size();
        if (isPasted && text.trimmed().startsWith(QLatin1String("http")))
            takeIssuer(issuer);
    });
    return part;
}

void IdentityFields::takeIssuer(QLineEdit* issuer)
{
    const QString found = toQString(workbench::issuerIn(toUtf8(issuer->text())));
    if (found != issuer->text())
        issuer->setText(found);
    m_issuerLength = found.size();
    if (!found.isEmpty())
        Q_EMIT lookUpRequested(found);
}

void IdentityFields::sayOfIssuer(const QString& sentence, bool isBad)
{
    m_issuerWord->setText(sentence);
    setKind(m_issuerWord, isBad ? "bad" : "caption");
    m_issuerWord->setVisible(!sentence.isEmpty());
}

void IdentityFields::fillIn(const keys::ServerMetadata& found)
{
    QStringList filled;
    const auto put = [&](IdentityInput input, const std::string& url) {
        const Row& row = m_rows.at(input);
        if (url.empty() || !belongsTo(infoOf(input), kind()) || !row.read().trimmed().isEmpty())
            return;
        row.write(toQString(url));
        filled.append(titleOf(infoOf(input)));
    };
    put(IdentityInput::TokenUrl, found.tokenEndpoint);
    put(IdentityInput::AuthorizationUrl, found.authorizationEndpoint);
    put(IdentityInput::DeviceUrl, found.deviceAuthorizationEndpoint);
    const bool lacksDevice = kind() == LoginKind::DeviceCode && found.deviceAuthorizationEndpoint.empty();
    if (lacksDevice)
        sayOfIssuer(tr("The issuer names no device authorization URL: it may have no device codes."), true);
    else if (filled.isEmpty())
        sayOfIssuer(tr("The issuer answers. What is typed here already stays."), false);
    else
        sayOfIssuer(tr("Filled in: %1.").arg(filled.join(QStringLiteral(", "))), false);
    showProblems();
    Q_EMIT edited();
}

LoginKind IdentityFields::kind() const
{
    return static_cast<LoginKind>(m_kind->currentData().toInt());
}

void IdentityFields::setDraft(const IdentityDraft& draft)
{
    m_isFilling = true;
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(draft.kind)));
    for (auto& [input, row] : m_rows) {
        row.write(toQString(draft.text(input)));
        const auto value = draft.values.find(input);
        if (row.secret != nullptr && value != draft.values.end())
            row.secret->setValue(value->second);
    }
    m_form->setChecked(draft.isForm);
    m_dpop->setChecked(draft.usesDpop);
    m_more->setChecked(hasSeldom(draft));
    m_issuerLength = m_rows.at(IdentityInput::Issuer).read().size();
    m_isFilling = false;
    showRows();
    showProblems();
}

IdentityDraft IdentityFields::draft() const
{
    IdentityDraft draft;
    draft.kind = kind();
    for (const auto& [input, row] : m_rows) {
        if (const std::string text = toUtf8(row.read()); !text.empty())
            draft.texts[input] = text;
        if (row.secret != nullptr && !row.secret->value().isEmpty())
            draft.values[input] = row.secret->value();
    }
    draft.isForm = m_form->isChecked();
    draft.usesDpop = m_dpop->isChecked();
    return withVariables(std::move(draft));
}

void IdentityFields::touch(IdentityInput input)
{
    m_touched.insert(input);
    showProblems();
    Q_EMIT edited();
}

void IdentityFields::showRows()
{
    const LoginKind now = kind();
    bool hasMore = false;
    for (const auto& [input, row] : m_rows) {
        const InputInfo& info = infoOf(input);
        hasMore = hasMore || (info.isSeldom && belongsTo(info, now));
        row.whole->setVisible(belongsTo(info, now) && (!info.isSeldom || m_more->isChecked()));
    }
    m_more->setVisible(hasMore);
    m_form->setVisible(now == LoginKind::Credentials);
    m_dpop->setVisible(now != LoginKind::Credentials && now != LoginKind::Request);
    m_about->setText(aboutKind(now));
}

void IdentityFields::showProblems()
{
    const IdentityDraft typed = draft();
    for (auto& [input, row] : m_rows) {
        row.problem->hide();
        if (row.secret != nullptr)
            row.secret->setProposal(toQString(proposedVariable(typed, input)));
    }
    for (const IdentityProblem& problem : identityProblems(typed, m_around)) {
        QLabel* label = m_rows.at(problem.input).problem;
        label->setText(problem.text);
        label->setVisible(m_touched.contains(problem.input));
    }
}

bool IdentityFields::check()
{
    const auto problems = identityProblems(draft(), m_around);
    for (const IdentityProblem& problem : problems) {
        m_touched.insert(problem.input);
        if (infoOf(problem.input).isSeldom)
            m_more->setChecked(true);
    }
    showProblems();
    if (!problems.empty())
        m_rows.at(problems.front().input).input->setFocus();
    return problems.empty();
}

} // namespace claimcheck::ui
