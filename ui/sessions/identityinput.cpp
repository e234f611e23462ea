// SPDX-FileCopyrightText: Claimcheck contributors
// SPDX-License-Identifier: GPL-3.0-or-later
//
// The half of IdentityFields that makes the inputs.

#include <QtWidgets/qlineedit.h>
#include <QtWidgets/qplaintextedit.h>

#include <base/text.h>
#include <sessions/identityfields.h>
#include <sessions/placefield.h>
#include <sessions/secretfield.h>
#include <theme/chevronbox.h>
#include <theme/theme.h>
#include <theme/widgets.h>

namespace claimcheck::ui {
namespace {

constexpr int linesHeight = 72; ///< px

} // namespace

/// What is put into the row: `row.input`, or what stands around it.
QWidget* IdentityFields::makeInput(const InputInfo& info, Row& row)
{
    switch (info.style) {
    case InputStyle::Lines:
        makeLines(info, row);
        return row.input;
    case InputStyle::Secret:
        makeSecret(info, row);
        return row.input;
    case InputStyle::Place:
        makePlace(info, row);
        return row.input;
    case InputStyle::Request:
        makeRequest(info, row);
        return row.input;
    case InputStyle::Choice:
        makeChoice(info, row);
        return row.input;
    case InputStyle::Line:
        break;
    }
    makeLine(info, row);
    auto* const line = static_cast<QLineEdit*>(row.input);
    return info.input == IdentityInput::Issuer ? withLookUp(line) : row.input;
}

void IdentityFields::makeLine(const InputInfo& info, Row& row)
{
    auto* edit = new QLineEdit;
    setNames(edit, QLatin1String(info.objectName), titleOf(info));
    edit->setPlaceholderText(hintOf(info));
    if (info.input != IdentityInput::Name)
        edit->setFont(monoFont());
    row.input = edit;
    row.read = [edit] { return edit->text(); };
    row.write = [edit](const QString& text) { edit->setText(text); };
    connect(edit, &QLineEdit::textEdited, this, [this, input = info.input] { touch(input); });
}

void IdentityFields::makeLines(const InputInfo& info, Row& row)
{
    auto* edit = new QPlainTextEdit;
    insetText(edit);
    setNames(edit, QLatin1String(info.objectName), titleOf(info));
    edit->setPlaceholderText(hintOf(info));
    edit->setFont(monoFont());
    edit->setTabChangesFocus(true);
    edit->setLineWrapMode(QPlainTextEdit::NoWrap);
    edit->setFixedHeight(linesHeight);
    row.input = edit;
    row.read = [edit] { return edit->toPlainText(); };
    row.write = [edit](const QString& text) { edit->setPlainText(text); };
    connect(edit, &QPlainTextEdit::textChanged, this, [this, input = info.input] {
        if (!m_isFilling)
            touch(input);
    });
}

void IdentityFields::makeSecret(const InputInfo& info, Row& row)
{
    auto* field = new SecretField(QLatin1String(info.objectName), titleOf(info));
    row.input = row.secret = field;
    row.read = [field] { return field->variable(); };
    row.write = [field](const QString& text) { field->setVariable(text); };
    connect(field, &SecretField::edited, this, [this, input = info.input] { touch(input); });
}

void IdentityFields::makePlace(const InputInfo& info, Row& row)
{
    auto* field =
        new PlaceField(QLatin1String(info.objectName), titleOf(info),
                       info.input == IdentityInput::TokenAt ? tr("Found by itself") : tr("There is none"));
    row.input = field;
    row.read = [field] { return field->text(); };
    row.write = [field](const QString& text) { field->setText(text); };
    connect(field, &PlaceField::edited, this, [this, input = info.input] { touch(input); });
}

void IdentityFields::makeRequest(const InputInfo& info, Row& row)
{
    auto* box = new ChevronBox;
    setNames(box, QLatin1String(info.objectName), titleOf(info));
    box->setEditable(true);
    setNames(box->lineEdit(), QLatin1String(info.objectName) + QStringLiteral("Text"), titleOf(info));
    box->lineEdit()->setPlaceholderText(hintOf(info));
    box->lineEdit()->setFont(monoFont());
    for (const std::string& path : m_around.requests)
        box->addItem(toQString(path));
    box->setCurrentIndex(-1);
    row.input = box;
    row.read = [box] { return box->currentText(); };
    row.write = [box](const QString& text) { box->setEditText(text); };
    connect(box->lineEdit(), &QLineEdit::textEdited, this, [this, input = info.input] { touch(input); });
    connect(box, &QComboBox::activated, this, [this, input = info.input] { touch(input); });
}

void IdentityFields::makeChoice(const InputInfo& info, Row& row)
{
    auto* box = new ChevronBox;
    setNames(box, QLatin1String(info.objectName), titleOf(info));
    const auto add = [box](const QString& text, const char* word) {
        box->addItem(text, QString::fromLatin1(word));
    };
    add(tr("By what is given below"), "");
    add(tr("None: a public client"), "none");
    add(tr("HTTP Basic"), "basic");
    add(tr("In the form"), "post");
    add(tr("A JWT signed with the secret"), "secret-jwt");
    add(tr("A JWT signed with a private key"), "private-key-jwt");
    row.input = box;
    row.read = [box] { return box->currentData().toString(); };
    row.write = [box](const QString& word) {
        if (box->findData(word) < 0) // a variable, say
            box->addItem(toQString(visible(toUtf8(word))), word);
        box->setCurrentIndex(box->findData(word));
    };
    connect(box, &QComboBox::activated, this, [this, input = info.input] { touch(input); });
}

} // namespace claimcheck::ui
