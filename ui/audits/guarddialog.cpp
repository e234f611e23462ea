// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later

#include <audits/guarddialog.h>

#include <QtGui/qclipboard.h>
#include <QtGui/qguiapplication.h>
#include <QtWidgets/qboxlayout.h>
#include <QtWidgets/qcombobox.h>
#include <QtWidgets/qformlayout.h>
#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>
#include <QtWidgets/qspinbox.h>

#include <algorithm>
#include <utility>

#include <base/text.h>
#include <theme/chevronbox.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr QSize guardSize(860, 680);

} // namespace

GuardDialog::GuardDialog(Secret token, inspect::KeyRing ring, const std::string& jwksUrl, QWidget* parent)
    : QDialog(parent),
      m_token(std::move(token)),
      m_ring(std::move(ring)),
      m_target(new ChevronBox),
      m_kind(new ChevronBox),
      m_place(new QLineEdit),
      m_audience(new ChevronBox),
      m_leeway(new QSpinBox),
      m_notes(mutedLabel()),
      m_problem(plainLabel()),
      m_code(new QPlainTextEdit),
      m_copy(primaryButton(tr("Copy"), QStringLiteral("copyGuard")))
{
    setObjectName(QStringLiteral("guardDialog"));
    setWindowTitle(tr("Guard code"));
    resize(guardSize);
    setNames(m_code, QStringLiteral("guardCode"), tr("Guard code"));
    insetText(m_code);
    m_code->setReadOnly(true);
    m_code->setFont(monoFont());
    m_code->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_notes->setObjectName(QStringLiteral("guardNotes"));
    m_notes->setWordWrap(true);
    m_problem->setObjectName(QStringLiteral("guardProblem"));
    m_problem->setWordWrap(true);
    setKind(m_problem, "bad");
    QLabel* words = plainLabel(tr("Put this in front of your protected routes: it verifies tokens like this "
                                  "one and refuses every forgery of the catalogue."));
    words->setWordWrap(true);
    QPushButton* close = pushButton(tr("Close"), QStringLiteral("closeGuard"));
    auto* foot = new QHBoxLayout;
    foot->addStretch(1);
    foot->addWidget(close);
    foot->addWidget(m_copy);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(space::large, space::large, space::large, space::large);
    column->setSpacing(space::medium);
    column->addWidget(words);
    column->addWidget(makeFields());
    column->addWidget(m_problem);
    column->addWidget(m_code, 1);
    column->addWidget(m_notes);
    column->addLayout(foot);
    m_copy->setDefault(true); // not before it is in the dialog
    connect(m_copy, &QPushButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(code()); });
    connect(close, &QPushButton::clicked, this, &QDialog::reject);
    fill(guardFormFor(jose::decode(m_token.reveal()), jwksUrl));
    for (QComboBox* box : {m_target, m_kind, m_audience})
        connect(box, &QComboBox::currentIndexChanged, this, &GuardDialog::write);
    connect(m_place, &QLineEdit::textChanged, this, &GuardDialog::write);
    connect(m_leeway, &QSpinBox::valueChanged, this, &GuardDialog::write);
    write();
}

QWidget* GuardDialog::makeFields()
{
    setNames(m_target, QStringLiteral("guardTarget"), tr("Server"));
    for (const audit::GuardTarget& target : audit::guardTargets())
        m_target->addItem(toQString(target.title), toQString(target.name));
    setNames(m_kind, QStringLiteral("guardKind"), tr("Its key comes from"));
    const std::pair<QString, audit::GuardKey> kinds[] = {
        {tr("An environment variable"), audit::GuardKey::SecretVariable},
        {tr("A file with a public key (PEM)"), audit::GuardKey::PemFile},
        {tr("The address of a key set (JWKS)"), audit::GuardKey::JwksUrl},
        {tr("An issuer (OpenID Connect discovery)"), audit::GuardKey::Issuer}};
    for (const auto& [words, kind] : kinds)
        m_kind->addItem(words, static_cast<int>(kind));
    setNames(m_place, QStringLiteral("guardPlace"), tr("Name or address"));
    setNames(m_audience, QStringLiteral("guardAudience"), tr("Audience"));
    setNames(m_leeway, QStringLiteral("guardLeeway"), tr("Clocks may differ by"));
    m_leeway->setRange(0, static_cast<int>(audit::mostLeeway.count()));
    m_leeway->setSuffix(tr(" s"));
    m_leeway->setButtonSymbols(QAbstractSpinBox::NoButtons);
    auto* part = new QWidget;
    auto* rows = new QFormLayout(part);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setHorizontalSpacing(space::medium);
    rows->setVerticalSpacing(space::small);
    rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    for (QWidget* field : std::initializer_list<QWidget*>{m_target, m_kind, m_place, m_audience, m_leeway}) {
        QLabel* label = mutedLabel(field->accessibleName());
        label->setBuddy(field);
        rows->addRow(label, field);
    }
    const std::vector<std::string> audiences = audiencesOf(jose::decode(m_token.reveal()));
    m_audience->addItem(tr("the token's"), QString());
    for (const std::string& audience : audiences)
        m_audience->addItem(toQString(visible(audience)), toQString(audience));
    m_audience->setEnabled(!audiences.empty());
    if (audiences.size() > 1)
        m_audience->setCurrentIndex(1);
    return part;
}

void GuardDialog::fill(const GuardForm& form)
{
    m_target->setCurrentIndex(std::max(0, m_target->findData(toQString(form.target))));
    m_kind->setCurrentIndex(m_kind->findData(static_cast<int>(form.kind)));
    m_place->setText(toQString(form.place));
    m_leeway->setValue(form.leeway);
}

GuardForm GuardDialog::form() const
{
    GuardForm form;
    form.target = toUtf8(m_target->currentData().toString());
    form.kind = static_cast<audit::GuardKey>(m_kind->currentData().toInt());
    form.place = toUtf8(m_place->text().trimmed());
    form.audience = toUtf8(m_audience->currentData().toString());
    form.leeway = m_leeway->value();
    return form;
}

void GuardDialog::write()
{
    const auto text = guardText(form(), std::string(m_token.reveal()), m_ring);
    m_copy->setEnabled(text.has_value());
    m_problem->setVisible(!text);
    m_problem->setText(text ? QString() : toQString(visible(describe(text.error()))));
    m_code->setPlainText(text ? toQString(text->code) : QString());
    QStringList notes;
    if (text)
        for (const std::string& note : text->notes)
            notes += tr("Note: %1.").arg(toQString(visible(note)));
    m_notes->setText(notes.join(u'\n'));
    m_notes->setVisible(!notes.isEmpty());
}

QString GuardDialog::code() const
{
    return m_code->toPlainText();
}

} // namespace claimcheck::ui
